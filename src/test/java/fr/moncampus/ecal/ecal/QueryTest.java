package fr.moncampus.ecal.ecal;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class QueryTest {
    @Property
    void whatIsDecodedIsWhatWasMeant(@ForAll String value) {
        String encoded = Query.encode(value);

        assertThat(URLDecoder.decode(encoded, StandardCharsets.UTF_8)).isEqualTo(value);
        assertThat(encoded).matches("[A-Za-z0-9._~/,%-]*");
    }

    /** Then raw and encoded are the same, and the question which of them is signed does not arise. */
    @Example
    void slashesAndCommasStayAsTheyAre() {
        assertThat(Query.encode("Europe/Paris,1 +&=é")).isEqualTo("Europe/Paris,1%20%2B%26%3D%C3%A9");
    }
}
