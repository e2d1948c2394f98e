package dev.nommu.kernel.vfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The names of a path, one after the other. */
final class PathNamesTest {
  private static List<String> names(String path) {
    List<String> names = new ArrayList<>();
    PathNames at = new PathNames(path);
    while (at.next()) {
      int hash = at.scan();
      assertThat(hash).isEqualTo(at.name().hashCode());
      assertThat(at.takes(at.name())).isTrue();
      names.add(at.name() + (at.isFollowed() ? "+" : ""));
    }
    return names;
  }

  @ParameterizedTest
  @CsvSource({
    "/, ''",
    "///, ''",
    "a, a",
    "/a, a",
    "a/, a+",
    "//ab///c.d//, ab+ c.d+",
    "./../x, .+ ..+ x",
    "/\u00e4/\u20ac, \u00e4+ \u20ac"
  })
  void names_areWhatSlashesPart(String path, String expected) {
    assertThat(String.join(" ", names(path))).isEqualTo(expected);
  }

  @Test
  void name_isNotOneThatOnlyBeginsOrEndsLikeIt() {
    PathNames at = new PathNames("/name/more");
    assertThat(at.next()).isTrue();
    for (String other : List.of("nam", "names", "ame", "Name", "")) {
      assertThat(at.takes(other)).as(other).isFalse();
    }
    assertThat(at.takes("name")).isTrue();
    assertThat(at.name()).isEqualTo("name");
    assertThat(at.next()).isTrue();
    assertThat(at.takes("mor")).isFalse();
    assertThat(at.takes("more")).isTrue();
    assertThat(at.next()).isFalse();
  }

  @Test
  void slashAtTheEnd_isTold() {
    assertThat(new PathNames("a/").endsInSlash()).isTrue();
    assertThat(new PathNames("/a").endsInSlash()).isFalse();
  }
}
