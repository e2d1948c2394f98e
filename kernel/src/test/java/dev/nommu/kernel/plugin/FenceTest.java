package dev.nommu.kernel.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.DeviceContext;
import dev.nommu.api.FirmwareNode;
import dev.nommu.api.MachineTimer;
import dev.nommu.api.MountRequest;
import dev.nommu.api.PageSource;
import dev.nommu.api.PointedRange;
import dev.nommu.api.ProcessMemory;
import dev.nommu.api.UserMemory;
import dev.nommu.api.WaitQueue;
import dev.nommu.kernel.plugin.KernelCode.Body;
import dev.nommu.kernel.plugin.KernelCode.Call;
import dev.nommu.kernel.plugin.KernelCode.Lambda;
import java.lang.constant.ClassDesc;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every call of a plugin is inside the fence.
 *
 * <ul>
 *   <li>A call of a plugin is one on an interface of {@code api} that a plugin can implement, one
 *       of {@code api}'s own code that receives such an object, or the close of a pointed range,
 *       which runs the plugin's code. The kernel's calls on its own objects have the kernel's class
 *       as the type.
 *   <li>It is in a lambda, or is a method reference, of one of the types that {@link PluginCall}
 *       takes, and that only {@link PluginCall} runs; or, where a lambda would cost too much, in a
 *       {@code try} that passes everything thrown to {@link PluginCall#failure}.
 *   <li>Objects that the kernel lends to plugins and never takes from them are the kernel's: {@link
 *       #LENT}. A {@code UserMemory} may be a caller's, and is wrapped before it is lent.
 *   <li>A builder of {@code api} calls no object that it receives: {@link #KEEPING}.
 * </ul>
 */
final class FenceTest {
  private static final Set<Class<?>> LENT =
      Set.of(
          DeviceContext.class,
          PageSource.class,
          FirmwareNode.class,
          MachineTimer.class,
          ProcessMemory.class,
          UserMemory.class,
          WaitQueue.class);

  /** Types that take objects of plugins and never call them. */
  private static final Set<Class<?>> KEEPING = Set.of(MountRequest.Builder.class);

  private static final Set<ClassDesc> FENCED =
      Set.of(
          describe(PluginCall.Asking.class),
          describe(PluginCall.Telling.class),
          describe(PluginCall.Counting.class));

  private static final Set<String> FAILURES =
      Set.of(PluginCall.class.getName() + ".failure", PluginCall.class.getName() + ".fault");

  private static ClassDesc describe(Class<?> type) {
    return type.describeConstable().orElseThrow();
  }

  @Test
  void plugin01_callOfAPlugin_standsInTheFence() throws Exception {
    KernelCode code = KernelCode.of(PluginCall.class);
    Set<Body> fenced = new HashSet<>();
    for (Lambda lambda : code.lambdas()) {
      if (FENCED.contains(lambda.as())) {
        fenced.add(lambda.body());
      }
    }
    List<Call> outside =
        code.calls().stream()
            .filter(FenceTest::callsAPlugin)
            .filter(call -> call.lambda().filter(FENCED::contains).isEmpty())
            .filter(call -> call.handler().filter(FAILURES::contains).isEmpty())
            .filter(call -> !fenced.contains(new Body(call.in(), call.method())))
            .toList();
    assertThat(outside).as("calls of plugins outside of PluginCall").isEmpty();
  }

  @Test
  void plugin01_whatIsGivenToTheFence_isRunByItAlone() throws Exception {
    List<Call> others =
        KernelCode.of(PluginCall.class).calls().stream()
            .filter(call -> FENCED.contains(call.owner()))
            .filter(call -> !call.in().equals(PluginCall.class.getName()))
            .toList();
    assertThat(others).as("calls of plugins that PluginCall does not make").isEmpty();
  }

  private static boolean callsAPlugin(Call call) {
    return inApi(call.owner())
        && !LENT.contains(load(call.owner()))
        && !call.name().equals("getClass")
        && (isOpen(call)
            || (load(call.owner()).equals(PointedRange.class) && call.name().equals("close"))
            || runsWhatItIsGiven(call));
  }

  private static boolean runsWhatItIsGiven(Call call) {
    return !KEEPING.contains(load(call.owner()))
        && call.type().parameterList().stream().anyMatch(FenceTest::isPlugins);
  }

  private static boolean inApi(ClassDesc type) {
    return type.isClassOrInterface() && type.packageName().equals("dev.nommu.api");
  }

  /** Returns whether a call may reach a plugin: a static method of an interface never does. */
  private static boolean isOpen(Call call) {
    Class<?> owner = load(call.owner());
    boolean isStatic =
        Arrays.stream(owner.getMethods())
            .anyMatch(method ->
                method.getName().equals(call.name()) && Modifier.isStatic(method.getModifiers()));
    return isPlugins(call.owner()) && !isStatic;
  }

  /** Returns whether an object of a type can belong to a plugin. */
  private static boolean isPlugins(ClassDesc type) {
    return inApi(type) && canBeImplemented(load(type)) && !LENT.contains(load(type));
  }

  private static boolean canBeImplemented(Class<?> type) {
    return type.isInterface()
        && (!type.isSealed()
            || Stream.of(type.getPermittedSubclasses()).anyMatch(FenceTest::canBeImplemented));
  }

  private static Class<?> load(ClassDesc type) {
    try {
      return Class.forName(
          type.descriptorString()
              .substring(1, type.descriptorString().length() - 1)
              .replace('/', '.'));
    } catch (ClassNotFoundException gone) {
      throw new AssertionError(gone);
    }
  }
}
