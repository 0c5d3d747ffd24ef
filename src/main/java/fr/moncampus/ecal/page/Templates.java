package fr.moncampus.ecal.page;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.util.Map;

/** The templates of {@code src/main/jte}, which the build has made classes of; they escape what is put into them. */
final class Templates {
    private static final TemplateEngine ENGINE = TemplateEngine.createPrecompiled(
            null, ContentType.Html, Templates.class.getClassLoader(), "fr.moncampus.ecal.page");

    private Templates() {}

    static String render(String name, Map<String, Object> values) {
        StringOutput out = new StringOutput(16 * 1024);
        ENGINE.render(name + ".jte", values, out);
        return out.toString();
    }
}
