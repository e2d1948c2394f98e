package dev.nommu.riscvlinux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.kernel.signal.WaitStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A program that waits for signals and timers. */
@Timeout(60)
final class WaitingGuestTest {
  @RegisterExtension final GuestMachine machine = new GuestMachine();

  @Test
  void signals_tellWhoSentThemAndEndWaits() throws Exception {
    GuestMachine.Run run = machine.run("waiting");
    assertThat(run.output())
        .isEqualTo(
            """
            kill: signal 10 code 0 from it
            tgkill: signal 10 code -6 from it
            on the other stack = 1
            its size = 8192
            its flags = 0
            too small = -12
            not on it = 0
            blocked = 0
            sigsuspend = -4
            in it: signal 10 code 0 from it
            blocked again = 512
            sigtimedwait = 10
            of = 1
            handled = 0
            nothing came = -11
            pause = -4
            alarm: signal 14 code 128 from the kernel
            nanosleep = -4
            left = 750
            ppoll = -4
            its rest = 750
            pselect6 = -4
            its rest = 750
            to go = 499999
            ppoll lets it through = -4
            then: signal 10 code 0 from it
            child = 1
            its status = 9
            its end: signal 17 code 1 from it
            """);
    assertThat(run.status()).isEqualTo(new WaitStatus.Exited(0));
  }
}
