package dev.nommu.kernel.sanitizer;

import static dev.nommu.kernel.testing.Errnos.assertErrno;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Profile;
import dev.nommu.kernel.sanitizer.Finding.Kind;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TaskCalls;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Descriptors that are closed once too often. */
final class DescriptorFindingsTest {
  @RegisterExtension final Machines machines = new Machines();

  private final Findings findings = new Findings(machines);
  private TaskCalls p;

  @BeforeEach
  void boot() {
    p = new TaskCalls(findings.boot(Profile.DOCUMENT).init());
  }

  private int open() throws ErrnoException {
    return p.file("/tmp/file", new byte[1]);
  }

  private void closeFirst(int descriptor) throws ErrnoException {
    p.task().close(descriptor);
  }

  private void closeAgain(int descriptor) {
    assertErrno(Errno.EBADF, () -> p.task().close(descriptor));
  }

  @Test
  void secondClose_isFoundWithTheStackOfTheFirst() throws Exception {
    int file = open();
    closeFirst(file);
    closeAgain(file);
    Finding finding = findings.only(Kind.DOUBLE_CLOSE);
    assertThat(finding.what()).isEqualTo("descriptor %d of init[1]", file);
    assertThat(finding.act().by()).isEqualTo("closed again by init[1]");
    assertThat(finding.other().by()).isEqualTo("closed by init[1]");
    assertThat(Findings.calls(finding.act())).contains("closeAgain").doesNotContain("closeFirst");
    assertThat(Findings.calls(finding.other())).contains("closeFirst").doesNotContain("closeAgain");
  }

  @Test
  void descriptorThatWasNeverOpen_isOnlyEbadf() {
    closeAgain(99);
    assertThat(findings.all()).isEmpty();
  }

  @Test
  void numberThatWasGivenAgain_isClosedOnceEachTime() throws Exception {
    int first = open();
    closeFirst(first);
    assertThat(open()).isEqualTo(first);
    closeFirst(first);
    assertThat(findings.all()).isEmpty();
  }

  @Test
  void descriptorThatAnotherProcessClosed_isOnlyEbadf() throws Exception {
    int file = open();
    closeFirst(file);
    TaskCalls child = p.other();
    assertErrno(Errno.EBADF, () -> child.task().close(file));
    assertThat(findings.all()).isEmpty();
  }
}
