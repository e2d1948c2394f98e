package dev.nommu.tck.device;

import dev.nommu.api.AddressRange;
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
import java.util.Optional;
import java.util.function.Function;

/** The devices and addresses that a driver registers and claims when its board boots. */
final class RegisteredDevices {
  /** The methods that claim addresses for a window. */
  static final String CLAIM = "claim";

  /** The methods that register a block device. */
  static final String BLOCK = "registerBlockDevice";

  /** The methods that register a character device. */
  static final String CHARACTER = "registerCharacterDevice";

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
    return calls(subject, method, RegisteredDevices::path);
  }

  /**
   * Returns the addresses that the driver answers itself.
   *
   * @throws BoardException if the machine does not have all that its board asks for
   * @throws IllegalArgumentException if the driver claims none
   */
  static List<AddressRange> windows(Subject subject) throws BoardException {
    return calls(subject, CLAIM, RegisteredDevices::range);
  }

  private static <T> List<T> calls(Subject subject, String method, Function<Call, T> view)
      throws BoardException {
    try (Trial trial = subject.boot(PLAIN_BOOT)) {
      List<T> found = succeeded(trial, method).stream().map(view).toList();
      if (found.isEmpty()) {
        throw new IllegalArgumentException(
            "%s: expected the driver to call %s, found no call"
                .formatted(subject.board().name(), method));
      }
      return found;
    }
  }

  private static List<Call> succeeded(Trial trial, String method) {
    return trial.recorder().calls(method).stream().filter(call -> call.thrown().isEmpty()).toList();
  }

  /**
   * Returns the plugin's own object behind a path, to be called without the kernel.
   *
   * @return empty for a direct plugin, whose object only the kernel has
   */
  static <T> Optional<T> device(Trial trial, String method, String path, Class<T> type) {
    return succeeded(trial, method).stream()
        .filter(call -> path(call).equals(path))
        .map(call -> type.cast(call.asked().arguments().getLast()))
        .findFirst();
  }

  /** Returns the plugin's own object that answers at some addresses; see {@link #device}. */
  static <T> Optional<T> window(Trial trial, AddressRange range, Class<T> type) {
    return succeeded(trial, CLAIM).stream()
        .filter(call -> range(call).equals(range))
        .map(call -> type.cast(call.asked().arguments().getLast()))
        .findFirst();
  }

  /** The name is the result for a dynamic number, otherwise an argument. */
  private static String path(Call call) {
    return "/dev/" + givenOrAnswered(call);
  }

  private static AddressRange range(Call call) {
    return (AddressRange) givenOrAnswered(call);
  }

  private static Object givenOrAnswered(Call call) {
    return call.answer() == null
        ? call.asked().arguments().getFirst()
        : Objects.requireNonNull(call.answer());
  }
}
