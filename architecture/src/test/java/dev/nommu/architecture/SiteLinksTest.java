package dev.nommu.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which links of a site are valid. */
final class SiteLinksTest {
  @TempDir private Path folder;
  private Path site;

  @BeforeEach
  void write() throws IOException {
    site = Files.createDirectories(folder.resolve("site"));
    Files.createDirectory(site.resolve("docs"));
    Files.writeString(site.resolve("docs/RULES.html"), "<h3 id=\"mmap-19\">MMAP-19</h3>");
    Files.writeString(site.resolve("map.svg"), "<svg/>");
    Files.writeString(folder.resolve("outside.html"), "");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "docs/RULES.html",
        "docs/RULES.html#mmap-19",
        "docs/RULES.html#mmap%2d19",
        "#here",
        "#",
        "map.svg",
        "https://example.org/anything#anywhere"
      })
  void link_thatLeadsSomewhere_isNotBroken(String link) throws IOException {
    link(link);
    assertThat(SiteLinks.broken(site)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "docs/RULE.html, No such file",
    "docs, No such file",
    "docs/RULES.html#mmap-20, the page has no such anchor",
    "#there, the page has no such anchor",
    "../outside.html, it leads out of the site",
  })
  void link_thatLeadsNowhere_isNamedWithItsPage(String link, String lack) throws IOException {
    link(link);
    assertThat(SiteLinks.broken(site)).containsExactly("index.html: %s: %s".formatted(link, lack));
  }

  @Test
  void picture_thatIsMissing_isBroken() throws IOException {
    Files.writeString(site.resolve("index.html"), "<img alt=\"\" src=\"screen.png\">");
    assertThat(SiteLinks.broken(site)).containsExactly("index.html: screen.png: No such file");
  }

  private void link(String link) throws IOException {
    Files.writeString(
        site.resolve("index.html"), "<p id=\"here\"><a href=\"%s\">it</a></p>".formatted(link));
  }
}
