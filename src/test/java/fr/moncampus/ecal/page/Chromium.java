package fr.moncampus.ecal.page;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/** This machine's Chromium, started once for all tests. {@code evil.example} is this machine, as a hostile name server would have it. */
final class Chromium {
    private static final Path PICTURES = Path.of("target/screenshots");
    private static final Chromium SHARED = find("chromium", "chromium-browser", "google-chrome")
            .flatMap(browser -> find("chromedriver").map(driver -> new Chromium(browser, driver)))
            .orElse(null);

    private final ChromeDriver driver;

    private Chromium(Path browser, Path program) {
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        ChromeOptions options = new ChromeOptions().setBinary(browser.toFile());
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-dev-shm-usage",
                "--hide-scrollbars",
                "--lang=fr",
                "--host-resolver-rules=MAP evil.example 127.0.0.1");
        options.setCapability("goog:loggingPrefs", logs);
        // naming both keeps Selenium from looking for them outside
        driver = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(program.toFile())
                        .usingAnyFreePort()
                        .withEnvironment(Map.of("LC_ALL", "fr_FR.UTF-8", "LANGUAGE", "fr"))
                        .build(),
                options);
        Runtime.getRuntime().addShutdownHook(new Thread(driver::quit));
    }

    private static Optional<Path> find(String... names) {
        return Stream.of(names)
                .flatMap(name -> Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** A browser that remembers nothing, on a desktop, with JavaScript and in light colours. Without one the test is skipped. */
    static Chromium start() {
        Assumptions.assumeTrue(SHARED != null, "neither chromium nor chromedriver is on this machine's path");
        SHARED.command("Network.clearBrowserCookies", Map.of());
        SHARED.withJavaScript(true).desktop().colours("light");
        SHARED.complaints();
        return SHARED;
    }

    ChromeDriver driver() {
        return driver;
    }

    private void command(String name, Map<String, Object> parameters) {
        driver.executeCdpCommand(name, parameters);
    }

    Chromium withJavaScript(boolean on) {
        command("Emulation.setScriptExecutionDisabled", Map.of("value", !on));
        return this;
    }

    Chromium desktop() {
        return screen(1280, 1000, false);
    }

    Chromium phone() {
        return screen(390, 844, true);
    }

    /** For a picture of a whole week. */
    Chromium tall() {
        return screen(1280, 1200, false);
    }

    /** What is left of a desktop at a zoom of 200 %. */
    Chromium zoomed() {
        return screen(640, 500, false);
    }

    private Chromium screen(int width, int height, boolean mobile) {
        command(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", mobile));
        return this;
    }

    Chromium colours(String scheme) {
        command(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
        return this;
    }

    Chromium open(String address) {
        driver.get(address);
        return this;
    }

    WebElement element(String selector) {
        return driver.findElement(By.cssSelector(selector));
    }

    List<String> texts(String selector) {
        return driver.findElements(By.cssSelector(selector)).stream()
                .map(WebElement::getText)
                .toList();
    }

    String text() {
        return element("body").getText();
    }

    /** Waits for it: an answer, or what a script makes of one. */
    Chromium until(String selector, String words) {
        new WebDriverWait(driver, Duration.ofSeconds(30))
                .ignoring(org.openqa.selenium.WebDriverException.class)
                .withMessage(() -> words + " in " + selector + ", but there is: " + text())
                .until(browser -> texts(selector).stream().anyMatch(text -> text.contains(words)));
        return this;
    }

    boolean isWiderThanItsWindow() {
        return (Boolean) driver.executeScript("return document.documentElement.scrollWidth > window.innerWidth");
    }

    /** What the console has told since the last question: what the content security policy has forbidden, errors of scripts. */
    List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(LogEntry::getMessage)
                .toList();
    }

    /** Of the whole page; build output, and the README's pictures. */
    void picture(String name) throws IOException {
        Files.createDirectories(PICTURES);
        Files.write(PICTURES.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
    }
}
