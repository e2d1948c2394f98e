package dev.nommu.tck.device;

import dev.nommu.api.Profile;
import dev.nommu.kernel.board.BoardException;
import dev.nommu.tck.Setting;
import dev.nommu.tck.Setting.Memory;
import dev.nommu.tck.Setting.Reach;
import dev.nommu.tck.Subject;
import dev.nommu.tck.Trial;
import dev.nommu.tck.interpose.Recorder.Call;
import java.util.List;
import java.util.Objects;

/** What a driver registers when its board boots. */
final class RegisteredDevices {
  private static final Setting PLAIN_BOOT =
      new Setting(Profile.DOCUMENT, Reach.FORWARDED, Memory.AS_GIVEN);

  private RegisteredDevices() {}

  /**
   * Returns the paths of devices.
   *
   * @param method of the context with which they are registered
   * @throws BoardException if the machine does not have all that its board asks for
   * @throws IllegalArgumentException if the driver registers none
   */
  static List<String> paths(Subject subject, String method) throws BoardException {
    try (Trial trial = subject.boot(PLAIN_BOOT)) {
      List<String> paths =
          trial.recorder().calls(method).stream()
              .filter(call -> call.thrown().isEmpty())
              .map(RegisteredDevices::path)
              .toList();
      if (paths.isEmpty()) {
        throw new IllegalArgumentException(
            "%s: expected the driver to call %s, and it did not"
                .formatted(subject.board().name(), method));
      }
      return paths;
    }
  }

  /** The name is the answer where the number is given out, else what it was called with. */
  private static String path(Call call) {
    Object name = call.answer() == null ? call.asked().arguments().getFirst() : call.answer();
    return "/dev/" + Objects.requireNonNull(name);
  }
}
