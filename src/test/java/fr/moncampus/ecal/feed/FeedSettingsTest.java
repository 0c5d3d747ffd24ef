package fr.moncampus.ecal.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class FeedSettingsTest {
    private static FeedSettings of(Map<String, String> environment) {
        return FeedSettings.of(environment::get);
    }

    @Test
    void feedsAreForThisMachineAloneUnlessSomebodyWantsOtherwise() {
        assertThat(of(Map.of())).isEqualTo(new FeedSettings("127.0.0.1", 8146, null));
        assertThat(of(Map.of()).isOnLoopback()).isTrue();
        assertThat(of(Map.of("FEED_HOST", " 0.0.0.0 ", "FEED_PORT", "9000")))
                .isEqualTo(new FeedSettings("0.0.0.0", 9000, null))
                .satisfies(each -> assertThat(each.isOnLoopback()).isFalse());
        assertThat(of(Map.of("FEED_PORT", "0")).address()).isNull();
        assertThatThrownBy(() -> of(Map.of("FEED_PORT", "port"))).hasMessageContaining("FEED_PORT");
    }

    @Test
    void whatCountsOfAContainerIsWhereItsPortIsPublished() {
        Map<String, String> container = Map.of("FEED_HOST", "0.0.0.0", "FEED_PUBLISHED", "127.0.0.1:8147");

        assertThat(of(container).address()).isEqualTo("http://127.0.0.1:8147");
        assertThat(of(container).isOnLoopback()).isTrue();
        assertThat(of(Map.of("FEED_HOST", "0.0.0.0", "FEED_PUBLISHED", "192.168.1.4:8146"))
                        .isOnLoopback())
                .isFalse();
    }
}
