package dev.nommu.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nommu.api.IoctlCommand;
import dev.nommu.api.UapiHeader;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Names defined by plugins, and the handling of an unreliable header. */
class VocabularyTest {
  /** The header of a plugin. */
  private record Header(Map<String, Long> constants, List<IoctlCommand> ioctls)
      implements UapiHeader {
    @Override
    public String name() {
      return "test.h";
    }
  }

  private static final class Throwing implements UapiHeader {
    @Override
    public String name() {
      return "throwing.h";
    }

    @Override
    public Map<String, Long> constants() {
      throw new AssertionError("no header today");
    }
  }

  @Test
  void constantsAndIoctlsOfAPlugin_haveTheirNames() {
    IoctlCommand ioctl = IoctlCommand.named("LAMP_SET", 0x80004c01);
    Vocabulary vocabulary = Vocabulary.of(new Header(Map.of("LAMP_ON", 7L), List.of(ioctl)));
    assertThat(vocabulary.constant("LAMP_ON")).contains(7L);
    assertThat(vocabulary.constant("LAMP_SET")).contains(0x80004c01L);
    assertThat(vocabulary.ioctl(0x80004c01L)).contains(ioctl);
    assertThat(vocabulary.constant("O_RDWR")).contains(2L);
    assertThat(Vocabulary.onPath().constant("LAMP_ON")).isEmpty();
  }

  @Test
  void headersOnThePath_haveNoFaults() {
    assertThat(Vocabulary.onPath().faults()).isEmpty();
  }

  @Test
  void nameThatMeansSomethingElse_keepsItsValueAndIsAFault() {
    Vocabulary vocabulary = Vocabulary.of(new Header(Map.of("O_RDWR", 3L), List.of()));
    assertThat(vocabulary.constant("O_RDWR")).contains(2L);
    assertThat(vocabulary.faults())
        .containsExactly(
            "plugin %s: a header: expected O_RDWR to be 0x2 as elsewhere, found 0x3"
                .formatted(Header.class.getName()));
  }

  @Test
  void headerThatThrows_isNamedWhereANameIsMissing() {
    Vocabulary vocabulary = Vocabulary.of(new Throwing());
    assertThatThrownBy(() -> Scenario.parse("test.txt", "ioctl(3, LAMP_SET)", vocabulary))
        .hasMessageContaining("found LAMP_SET; names may be missing: plugin")
        .hasMessageContaining(Throwing.class.getName())
        .hasMessageContaining("no header today");
  }

  @Test
  void headerWithANull_isAFault() {
    Header header = new Header(Map.of(), Arrays.asList((IoctlCommand) null));
    assertThat(Vocabulary.of(header).faults()).hasSize(1);
  }
}
