package dev.nommu.kernel.cmdline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The kernel's command line. */
final class KernelParametersTest {
  private final KernelParameters parameters =
      new KernelParameters(
          "ro root=a quiet rw my-flag=\"two words\" root=b sysctl.vm.x=1 -- root=c init-only");

  @Test
  void lastValueStands_andWhatFollowsTheDashesIsNotTheKernels() {
    assertThat(parameters.values("root")).containsExactly("a", "b");
    assertThat(parameters.last("root")).contains("b");
    assertThat(parameters.last("none")).isEmpty();
  }

  @Test
  void dashesAndUnderscoresAreTheSame_andQuotesKeepBlanks() {
    assertThat(parameters.last("my_flag")).contains("two words");
  }

  @Test
  void lastOfSeveralNamesStands() {
    assertThat(parameters.lastOf("ro", "rw")).contains("rw");
    assertThat(new KernelParameters("rw ro").lastOf("ro", "rw")).contains("ro");
  }

  @Test
  void board11_whatNobodyAsksForOrHeeds_isLeft() {
    parameters.last("root");
    parameters.lastOf("ro", "rw");
    parameters.below("sysctl.");
    parameters.heed("my_flag");
    assertThat(parameters.unheeded()).containsExactly("quiet");
  }

  @Test
  void board11_valueThatIsIgnored_hasNoEffectThoughTheParameterIsHeeded() {
    KernelParameters line = new KernelParameters("console=a con-sole=b quiet con_sole=c");
    line.values("con_sole");
    line.values("console");
    assertThat(line.ignore("con_sole", "b")).isTrue();
    assertThat(line.ignore("con-sole", "b")).isFalse();
    assertThat(line.withoutEffect()).containsExactly("con-sole=b", "quiet");
    assertThat(line.unheeded()).containsExactly("quiet");
  }
}
