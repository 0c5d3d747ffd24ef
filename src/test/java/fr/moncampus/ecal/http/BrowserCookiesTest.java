package fr.moncampus.ecal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.hc.client5.http.cookie.Cookie;
import org.apache.hc.client5.http.cookie.CookieOrigin;
import org.apache.hc.client5.http.cookie.MalformedCookieException;
import org.apache.hc.core5.http.message.BasicHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BrowserCookiesTest {
    private final BrowserCookies cookies = new BrowserCookies();

    /** Without the correlation cookie no login ends well. */
    @Test
    void aCookieOfAPathGoesToThatPathWithAnyQuery() throws Exception {
        Cookie correlation = cookie("c=1; path=/signin-cas", "edt.example", "/Home/Get", true);

        assertThat(cookies.match(
                        correlation, new CookieOrigin("edt.example", 443, "/signin-cas?state=x&ticket=ST-1", true)))
                .isTrue();
        assertThat(cookies.match(correlation, new CookieOrigin("edt.example", 443, "/Home/Get", true)))
                .isFalse();
        assertThat(cookies.match(correlation, new CookieOrigin("cas.example", 443, "/signin-cas", true)))
                .isFalse();
    }

    @Test
    void aSiteSetsNoCookieForAnother() throws Exception {
        Cookie foreign = cookie("c=1; domain=evil.example", "edt.example", "/", true);

        assertThatThrownBy(() -> cookies.validate(foreign, new CookieOrigin("edt.example", 443, "/", true)))
                .isInstanceOf(MalformedCookieException.class);
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1, true", "localhost, true", "'[::1]', true", "127.evil.example, false", "edt.example, false"})
    void aSecureCookieGoesOverPlainHttpToThisMachineOnly(String host, boolean sent) throws Exception {
        Cookie secure = cookie("c=1; path=/; secure", host, "/", true);

        assertThat(cookies.match(secure, new CookieOrigin(host, 80, "/", false)))
                .isEqualTo(sent);
    }

    private Cookie cookie(String header, String host, String path, boolean secure) throws Exception {
        return cookies.parse(new BasicHeader("Set-Cookie", header), new CookieOrigin(host, 443, path, secure))
                .get(0);
    }
}
