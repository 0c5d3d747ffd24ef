package fr.moncampus.ecal.http;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;

class TextTest {
    @Property
    void aLineIsShortCleanAndStaysTheSame(@ForAll String raw, @ForAll @IntRange(min = 1, max = 40) int most) {
        String line = Text.line(raw, most);

        assertThat(line.codePointCount(0, line.length())).isLessThanOrEqualTo(most);
        assertThat(line).doesNotContainPattern("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029]|  |^ ");
        assertThat(Text.line(line, most)).isEqualTo(line.strip());
    }

    /** A zero width space keeps any text from the short way that plain text takes. */
    @Property
    void plainTextReadsAsAfterCleaning(
            @ForAll @Chars({'a', 'é', ' ', '\t', '\u00A0', '\u00AD', '\u007F', '\u0301'}) @StringLength(max = 6)
                    String raw) {
        assertThat(Text.clean(raw)).isEqualTo(Text.clean(raw + "\u200B"));
    }

    @Example
    void whatWouldSteerATerminalOrTurnTheTextRoundIsTakenOut() {
        assertThat(Text.line("a\u001b[31mb\u001b]0;title\u0007c\u202Ed\r\n\te\u0000", 80))
                .isEqualTo("a b cd e");
        assertThat(Text.line("\u200B\uFEFF ", 80)).isEmpty();
        assertThat(Text.line(null, 80)).isEmpty();
        assertThat(Text.clean(" \n")).isNull();
        assertThat(Text.clean(null)).isNull();
    }

    @Example
    void aCutDoesNotSplitACharacter() {
        assertThat(Text.cut("😀😀😀", 2)).isEqualTo("😀…");
        assertThat(Text.cut("abc", 3)).isEqualTo("abc");
    }

    @Example
    void emojiOfSeveralPartsStayWhole() {
        String coder = "👩🏽\u200D💻";
        String rainbow = "🏳\uFE0F\u200D🌈";

        assertThat(Text.clean("Java " + coder + " " + rainbow)).isEqualTo("Java " + coder + " " + rainbow);
        assertThat(Text.clean("a\u200Db\u200D \u200D💻\u202Ec")).isEqualTo("ab 💻c");
        assertThat(Text.cut("ab" + coder + "cd", 5)).isEqualTo("ab…");
        assertThat(Text.cut("ab" + coder + "cd", 7)).isEqualTo("ab" + coder + "…");
    }
}
