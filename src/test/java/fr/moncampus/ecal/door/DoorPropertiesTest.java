package fr.moncampus.ecal.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class DoorPropertiesTest {
    @Property
    void afterALoginABrowserStaysOnThePageWhateverTheRequestSays(@ForAll("targets") String asked) {
        String next = LoginPage.next(asked);

        assertThat(next).startsWith("/").doesNotContain("\\", "\n", "\r").doesNotStartWith("//");
        // as browsers read it: a backslash is a slash, and white space is none
        assertThat(URI.create("http://127.0.0.1/")
                        .resolve(next.replaceAll("[^\\w/]", "x"))
                        .getHost())
                .isEqualTo("127.0.0.1");
        assertThat(LoginPage.of(asked, null)).doesNotContain("<script").contains(LoginPage.target(asked));
        assertThat(LoginPage.target(asked)).matches("next=[\\w.*+%-]+");
    }

    @Provide
    Arbitrary<String> targets() {
        return Arbitraries.strings()
                .withChars('/', '\\', '.', ':', '@', '\n', '\t', ' ', '"', '<', '>', 'a', 'é', '?', '&', '\u202e')
                .ofMaxLength(12)
                .map(text -> text.replace("a", "evil.example"))
                .injectNull(0.02);
    }

    @Property(tries = 200)
    void aNameWithALetterIsLoopbackOnlyIfItIsLocalhost(@ForAll("names") String name) {
        assertThat(HostName.isLoopback(HostName.of(name))).isFalse();
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.strings()
                .withCharRange('g', 'z')
                .ofMinLength(1)
                .ofMaxLength(5)
                .flatMap(letters ->
                        Arbitraries.of("127.0.0.1", "localhost", "[::1]", "").map(part -> part + "." + letters));
    }

    @Example
    void sessionsAreFewHoweverManyLogIn() {
        Sessions sessions = new Sessions(() -> 0);
        String first = sessions.open("p");
        String[] later = IntStream.range(0, Sessions.MAX_SESSIONS)
                .mapToObj(number -> sessions.open("p"))
                .toArray(String[]::new);

        assertThat(sessions.isOpen(first, "p")).isFalse();
        assertThat(later).allMatch(token -> sessions.isOpen(token, "p")).doesNotHaveDuplicates();
    }
}
