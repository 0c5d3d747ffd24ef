package fr.moncampus.ecal.http;

import java.util.List;
import org.apache.hc.client5.http.cookie.Cookie;
import org.apache.hc.client5.http.cookie.CookieOrigin;
import org.apache.hc.client5.http.cookie.CookieSpec;
import org.apache.hc.client5.http.cookie.MalformedCookieException;
import org.apache.hc.client5.http.impl.cookie.RFC6265LaxSpec;
import org.apache.hc.core5.http.Header;

/**
 * Cookies as browsers keep them. HttpClient 5.5 takes the query for a part of the path, and so would not send a cookie of {@code /signin-cas}
 * to {@code /signin-cas?state=…}: a cookie that every login needs. Loopback counts as secure, as it does in browsers.
 */
final class BrowserCookies implements CookieSpec {
    private final CookieSpec lax = new RFC6265LaxSpec();

    @Override
    public List<Cookie> parse(Header header, CookieOrigin origin) throws MalformedCookieException {
        return lax.parse(header, page(origin));
    }

    @Override
    public void validate(Cookie cookie, CookieOrigin origin) throws MalformedCookieException {
        lax.validate(cookie, page(origin));
    }

    @Override
    public boolean match(Cookie cookie, CookieOrigin origin) {
        return lax.match(cookie, page(origin));
    }

    @Override
    public List<Header> formatCookies(List<Cookie> cookies) {
        return lax.formatCookies(cookies);
    }

    private static CookieOrigin page(CookieOrigin origin) {
        boolean loopback = Loopback.is(origin.getHost());
        return new CookieOrigin(
                origin.getHost(),
                origin.getPort(),
                origin.getPath().split("[?#]", 2)[0],
                origin.isSecure() || loopback);
    }
}
