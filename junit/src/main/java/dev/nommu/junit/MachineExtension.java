package dev.nommu.junit;

import static org.junit.platform.commons.support.AnnotationSupport.findAnnotation;

import dev.nommu.api.Profile;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.board.BoardException;
import dev.nommu.kernel.log.KernelLog;
import dev.nommu.kernel.task.Task;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.opentest4j.AssertionFailedError;

/** Boots the machine of a test, and ends it. */
public final class MachineExtension
    implements BeforeEachCallback, AfterEachCallback, ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(MachineExtension.class);

  private static final Map<Class<?>, Function<Machine, Object>> PARAMETERS =
      Map.of(
          Machine.class, machine -> machine,
          Task.class, Machine::init,
          KernelLog.class, Machine::log);

  /** Called by JUnit. */
  public MachineExtension() {}

  /** A contract boots its own machines. */
  @Override
  public void beforeEach(ExtensionContext context) throws BoardException {
    Class<?> test = context.getRequiredTestClass();
    if (PluginContract.class.isAssignableFrom(test)) {
      return;
    }
    dev.nommu.kernel.board.Board board = BoardSource.read(board(context).value(), test);
    context.getStore(NAMESPACE).put(TestMachine.class, boot(board, context));
  }

  private static TestMachine boot(dev.nommu.kernel.board.Board board, ExtensionContext context)
      throws BoardException {
    Profile profile = GivenProfile.of(context);
    Optional<GivenFault> faulty = GivenFault.of(context);
    return faulty.isPresent()
        ? TestMachine.boot(board, profile, faulty.get())
        : TestMachine.boot(board, profile);
  }

  /** The annotation of a method overrides that of its class, and a class those that enclose it. */
  private static Board board(ExtensionContext context) {
    Optional<Board> found = findAnnotation(context.getRequiredTestMethod(), Board.class);
    Optional<Class<?>> type = context.getTestClass();
    while (found.isEmpty() && type.isPresent()) {
      found = findAnnotation(type.get(), Board.class);
      type = Optional.ofNullable(type.get().getEnclosingClass());
    }
    return found.orElseThrow();
  }

  /** Returns the machine of a test that has a board. */
  static Machine machineOf(ExtensionContext context) {
    return machine(context)
        .orElseThrow(() ->
            new IllegalStateException(
                context.getRequiredTestClass().getName() + ": expected it to have a @Board"))
        .machine();
  }

  private static Optional<TestMachine> machine(ExtensionContext context) {
    return Optional.ofNullable(
        context.getStore(NAMESPACE).get(TestMachine.class, TestMachine.class));
  }

  @Override
  public void afterEach(ExtensionContext context) {
    List<String> wrong = new ArrayList<>();
    machine(context).map(TestMachine::end).ifPresent(wrong::addAll);
    GivenFault.of(context).map(GivenFault::wrong).ifPresent(wrong::addAll);
    if (!wrong.isEmpty()) {
      throw new AssertionFailedError(String.join(System.lineSeparator(), wrong));
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    boolean isKnown =
        type == Guest.class
            ? parameter.isAnnotated(GuestProgram.class)
            : PARAMETERS.containsKey(type);
    return isKnown && context.getTestMethod().isPresent();
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Machine machine = machineOf(context);
    Optional<GuestProgram> program = parameter.findAnnotation(GuestProgram.class);
    if (program.isPresent()) {
      return guest(machine, context.getRequiredTestClass(), program.get().value());
    }
    Class<?> type = parameter.getParameter().getType();
    return Optional.ofNullable(PARAMETERS.get(type)).orElseThrow().apply(machine);
  }

  private static Guest guest(Machine machine, Class<?> test, String source) {
    try {
      return Guest.install(machine, test, source);
    } catch (IOException failure) {
      throw new ParameterResolutionException(
          "@GuestProgram(\"%s\"): %s".formatted(source, failure.getMessage()), failure);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new ParameterResolutionException(
          "@GuestProgram(\"%s\"): the test is to end".formatted(source), stopped);
    }
  }
}
