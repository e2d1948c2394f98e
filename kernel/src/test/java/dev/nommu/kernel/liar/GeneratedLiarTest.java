package dev.nommu.kernel.liar;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.Binder;
import com.google.inject.Guice;
import com.google.inject.multibindings.Multibinder;
import com.google.inject.name.Names;
import com.google.inject.util.Modules;
import dev.nommu.api.BinaryFormat;
import dev.nommu.api.DelegatingFile;
import dev.nommu.api.DeviceDriver;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileSystemType;
import dev.nommu.api.Profile;
import dev.nommu.kernel.Kernel;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.board.Board;
import dev.nommu.kernel.board.BoardException;
import dev.nommu.kernel.board.Probed;
import dev.nommu.kernel.board.Probed.Outcome;
import dev.nommu.kernel.inject.KernelModule;
import dev.nommu.kernel.liar.LyingPlugins.Order;
import dev.nommu.kernel.liar.LyingPlugins.Place;
import dev.nommu.kernel.liar.LyingPlugins.When;
import dev.nommu.kernel.log.KernelLog;
import dev.nommu.kernel.path.PluginPath;
import dev.nommu.kernel.testing.SlottedFileSystem;
import dev.nommu.kernel.testing.WatchedMemory;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A generated liar: every method of every interface that a plugin can implement, of each of the
 * plugins here that has it, tells every lie it can, each on a machine of its own on which others
 * work at the same time. The lie is named with the class that told it, the books are right, and
 * nothing is lost.
 */
final class GeneratedLiarTest {
  private final LyingPlugins plugins = new LyingPlugins();
  private final WatchedMemory memory = new WatchedMemory();
  private Kernel kernel;

  /** Which parts of a session call a method, and how often all of an honest life does. */
  private final Map<Place, Set<String>> callers = new HashMap<>();

  private final Map<Place, Integer> calls = new TreeMap<>();
  private final Board board = LiarBoard.board();
  private long kept;

  /** Puts every plugin that is found, and one with the rarer slots, behind a proxy. */
  private void replace(Binder binder) {
    memory.configure(binder);
    replace(binder, DeviceDriver.class, DeviceDriver::name);
    replace(binder, FileSystemType.class, FileSystemType::name);
    replace(binder, BinaryFormat.class, BinaryFormat::name);
    Multibinder.newSetBinder(binder, FileSystemType.class)
        .addBinding()
        .toProvider(() -> plugins.wrap(new SlottedFileSystem(), FileSystemType.class));
    Multibinder.newSetBinder(binder, DeviceDriver.class)
        .addBinding()
        .toProvider(() -> plugins.wrap(new RareDriver(), DeviceDriver.class));
  }

  private <T> void replace(Binder binder, Class<T> type, Function<T, String> naming) {
    for (ServiceLoader.Provider<T> found : ServiceLoader.load(type).stream().toList()) {
      binder
          .bind(type)
          .annotatedWith(Names.named(naming.apply(found.get())))
          .toProvider(() -> plugins.wrap(found.get(), type));
    }
  }

  /** Lives an honest life, in which it is noted who calls what. */
  @BeforeEach
  void learn(@TempDir Path directory) throws Exception {
    KernelModule found = new KernelModule(PluginPath.of(LyingScreens.loader(plugins, directory)));
    kernel =
        Guice.createInjector(Modules.override(found).with(this::replace)).getInstance(Kernel.class);
    plugins.begin(Optional.empty());
    Machine machine = kernel.boot(board, Profile.DOCUMENT);
    note("boot");
    long free = machine.freePages();
    LiarSession session = new LiarSession(machine);
    session.begin();
    note("begin");
    session
        .parts()
        .forEach((name, part) -> {
          part.make();
          note(name);
        });
    session.end();
    kept = free - machine.freePages();
    assertThat(machine.check()).isEmpty();
    machine.close();
    note("end");
    assertThat(plugins.strangeCalls()).isEmpty();
  }

  private void note(String part) {
    plugins
        .calls()
        .forEach((place, count) -> {
          if (count > calls.getOrDefault(place, 0)) {
            callers.computeIfAbsent(place, none -> new HashSet<>()).add(part);
            calls.put(place, count);
          }
        });
  }

  /** The outcome of one machine. */
  private record Story(List<String> said, List<String> wrong) {}

  private Story tell(Order order) throws InterruptedException {
    plugins.begin(Optional.of(order));
    Story story = new Story(new ArrayList<>(), new ArrayList<>());
    try {
      KernelLog log = liveOn(kernel.boot(board, Profile.DOCUMENT), order, story);
      story.said().addAll(log.lines());
    } catch (BoardException failure) {
      story.said().add(failure.getMessage());
    } catch (ErrnoException | RuntimeException | Error escaped) {
      story.wrong().add("escaped: " + escaped);
    }
    story.wrong().addAll(plugins.strangeCalls());
    if (memory.kept() > 0) {
      story.wrong().add("the RAM was not given back");
    }
    return story;
  }

  private KernelLog liveOn(Machine booted, Order order, Story story)
      throws ErrnoException, InterruptedException {
    try (Machine machine = booted) {
      plugins.booted();
      live(machine, callers.get(order.place()), story);
      return machine.log();
    }
  }

  private void live(Machine machine, Set<String> parts, Story story)
      throws ErrnoException, InterruptedException {
    long free = machine.freePages();
    Load load = new Load(machine);
    LiarSession session = new LiarSession(machine);
    session.begin();
    session
        .parts()
        .forEach((name, part) -> {
          if (parts.contains(name)) {
            part.make();
          }
        });
    plugins.stop();
    load.end().forEach(thrown -> story.wrong().add("load: " + thrown));
    story.said().addAll(load.failures());
    session.end();
    story.wrong().addAll(machine.check());
    if (free - machine.freePages() > kept) {
      story.wrong().add((free - machine.freePages() - kept) + " pages are lost");
    }
    story.said().addAll(session.failures());
    machine.nodes().stream().map(GeneratedLiarTest::reason).forEach(story.said()::add);
  }

  private static String reason(Probed probed) {
    return probed.outcome() instanceof Outcome.Failed failed ? failed.reason().describe() : "";
  }

  /** Whom a core directs calls to is asked only in order to name it: a lie here changes nothing. */
  private static boolean changesSomething(Order order) {
    return order.place().method().getDeclaringClass() != DelegatingFile.class;
  }

  private boolean isNamed(Story story) {
    return story.said().stream()
        .anyMatch(line ->
            line.contains("PLUGIN-01") && plugins.authors().stream().anyMatch(line::contains));
  }

  private Optional<String> complaint(Order order) throws InterruptedException {
    Story story = tell(order);
    String what = "%s, %s, %s".formatted(order.place(), order.lie(), order.when());
    if (!story.wrong().isEmpty()) {
      return Optional.of(what + ": " + story.wrong());
    }
    boolean named = plugins.authors().isEmpty() || !changesSomething(order) || isNamed(story);
    return named ? Optional.empty() : Optional.of(what + ": not named: " + story.said());
  }

  private List<Order> orders() {
    List<Order> orders = new ArrayList<>();
    calls.forEach((place, count) -> {
      for (Lie lie : Lie.values()) {
        for (When when : When.values()) {
          if (lie.canBeToldBy(place.method()) && (when != When.SECOND || count > 1)) {
            orders.add(new Order(place, lie, when));
          }
        }
      }
    });
    return orders;
  }

  @Test
  void plugin01_everyLieOfEveryMethod_isNamedAndLosesNothing() throws Exception {
    List<Order> orders = orders();
    List<String> complaints = new ArrayList<>();
    int told = 0;
    for (Order order : orders) {
      complaint(order).ifPresent(complaints::add);
      told += plugins.authors().isEmpty() ? 0 : 1;
    }
    System.out.printf(
        "GeneratedLiarTest: %d lies told by %d methods, of %d that were tried%n",
        told, calls.size(), orders.size());
    assertThat(complaints).isEmpty();
  }

  @Test
  void plugin01_everyMethodOfAPlugin_isCalledByTheLiar() {
    Set<String> missing = new TreeSet<>();
    for (Class<?> type : Slots.ALL) {
      for (Method method : type.getMethods()) {
        boolean slot = !Modifier.isStatic(method.getModifiers()) && !method.isSynthetic();
        if (slot && calls.keySet().stream().noneMatch(place -> isSame(place.method(), method))) {
          missing.add(method.getDeclaringClass().getSimpleName() + "." + method.getName());
        }
      }
    }
    assertThat(missing).as("methods of plugins that LiarSession has to call").isEmpty();
  }

  private static boolean isSame(Method called, Method slot) {
    return called.getName().equals(slot.getName())
        && Arrays.equals(called.getParameterTypes(), slot.getParameterTypes())
        && (called.getDeclaringClass().isAssignableFrom(slot.getDeclaringClass())
            || slot.getDeclaringClass().isAssignableFrom(called.getDeclaringClass()));
  }
}
