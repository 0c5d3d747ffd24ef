package fr.moncampus.ecal.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DoorSettingsTest {
    @Test
    void thePageIsOnLoopbackUnlessSomebodyWantsItElsewhereOrNowhere() {
        assertThat(DoorSettings.of(name -> null)).isEqualTo(new DoorSettings("127.0.0.1", 8046, null, Set.of()));
        assertThat(DoorSettings.of(Map.of("PAGE_PORT", "0")::get).port()).isNull();
        assertThat(DoorSettings.of(Map.of("PAGE_PORT", " 9000 ", "PAGE_HOST", "0.0.0.0")::get))
                .isEqualTo(new DoorSettings("0.0.0.0", 9000, null, Set.of()));
        assertThat(DoorSettings.of(Map.of("PAGE_NAMES", "pi.local, Cours.Example:443 x.")::get)
                        .names())
                .containsExactlyInAnyOrder("pi.local", "cours.example", "x");
        assertThatThrownBy(() -> DoorSettings.of(Map.of("PAGE_PORT", "page")::get))
                .hasMessageContaining("PAGE_PORT");
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, , true", "127.1.2.3, , true", "localhost, , true", "::1, , true",
        "0.0.0.0, , false", "192.168.1.2, , false", "::, , false", "pi.local, , false",
        "0.0.0.0, 127.0.0.1, true", "0.0.0.0, 0.0.0.0, false", "127.0.0.1, 0.0.0.0, false"
    })
    void loopbackIsWhatNoOtherMachineReaches(String host, String published, boolean loopback) {
        assertThat(new DoorSettings(host, 1, published, Set.of()).isOnLoopback())
                .isEqualTo(loopback);
    }
}
