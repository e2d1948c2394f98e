package dev.nommu.junit;

import dev.nommu.api.BinaryFormat;
import dev.nommu.api.DeviceDriver;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileSystemType;
import dev.nommu.api.Profile;
import dev.nommu.chardevfb.FrameBufferDeviceDriver;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.Strictness;
import dev.nommu.kernel.board.Board;
import dev.nommu.kernel.board.BoardException;
import dev.nommu.kernel.memory.MemoryFault;
import dev.nommu.kernel.sanitizer.Sanitizer;
import dev.nommu.tck.Setting;
import dev.nommu.tck.Setting.Memory;
import dev.nommu.tck.Setting.Reach;
import dev.nommu.tck.Subject;
import dev.nommu.tck.fault.Fault;
import dev.nommu.tck.fault.Injection;
import dev.nommu.tck.fault.Swept;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.platform.commons.support.ReflectionSupport;
import org.opentest4j.AssertionFailedError;

/**
 * The fault of one run of a test, or none.
 *
 * @param plugin whose calls it happens to
 * @param fault the fault, if any
 * @param injection injects it
 */
record GivenFault(Class<?> plugin, Optional<Fault> fault, Injection injection)
    implements TestExecutionExceptionHandler {
  private static final Namespace NAMESPACE = Namespace.create(GivenFault.class);
  private static final String FAULT_OF_PLUGIN = "PLUGIN-01";

  /** Sets the fault of the tests of a context. */
  void put(ExtensionContext context) {
    context.getStore(NAMESPACE).put(GivenFault.class, this);
  }

  /** Returns the fault of a test, if it is one with faults. */
  static Optional<GivenFault> of(ExtensionContext context) {
    return Optional.ofNullable(context.getStore(NAMESPACE).get(GivenFault.class, GivenFault.class));
  }

  /** Boots a machine with the fault; devices that fail because of it do not exist. */
  Machine boot(Board board, Profile profile, Sanitizer sanitizer) throws BoardException {
    Setting setting = new Setting(profile, Reach.FORWARDED, Memory.AS_GIVEN);
    Strictness strictness = fault.isPresent() ? Strictness.LENIENT : Strictness.STRICT;
    Machine machine = subject(board).boot(setting, injection, sanitizer, strictness);
    injection.watch(machine);
    return machine;
  }

  private Subject subject(Board board) {
    return switch (ReflectionSupport.newInstance(plugin)) {
      case DeviceDriver driver -> Subject.driver(() -> made(DeviceDriver.class), board);
      case FileSystemType type -> Subject.fileSystem(() -> made(FileSystemType.class), board);
      case FrameBufferDeviceDriver driver ->
          Subject.of(
              FrameBufferDeviceDriver.class,
              FrameBufferDeviceDriver::name,
              () -> made(FrameBufferDeviceDriver.class),
              board);
      case BinaryFormat format -> Subject.format(() -> made(BinaryFormat.class), board);
      default ->
          throw new AssertionFailedError(
              ("@EveryFault: %s: expected a DeviceDriver, FrameBufferDeviceDriver, FileSystemType"
                      + " or BinaryFormat")
                  .formatted(plugin.getName()));
    };
  }

  private <T> T made(Class<T> kind) {
    return kind.cast(ReflectionSupport.newInstance(plugin));
  }

  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable thrown)
      throws Throwable {
    if (!isReached() || !isBearable(thrown)) {
      throw thrown;
    }
  }

  private static boolean isBearable(Throwable thrown) {
    return switch (thrown) {
      case ErrnoException failure -> failure.rule().filter(FAULT_OF_PLUGIN::equals).isEmpty();
      case MemoryFault unanswered -> true;
      default -> false;
    };
  }

  /**
   * Returns an error if it did not happen, even at the end of the machine, or if it held up other
   * calls.
   */
  List<String> wrong() {
    List<String> wrong = new ArrayList<>(injection.heldUp());
    fault
        .filter(each -> !isReached())
        .map(each -> each + ": was not reached")
        .ifPresent(wrong::add);
    return wrong;
  }

  private boolean isReached() {
    return !injection.reached().isEmpty();
  }

  /** Returns the outcome of the run. */
  Swept swept() {
    Fault happened = fault.orElseThrow();
    return new Swept(
        happened, isReached(), injection.tally(happened.what()), Optional.empty(), List.of());
  }
}
