package dev.nommu.kernel.liar;

import dev.nommu.api.Consent;
import dev.nommu.api.DelegatingFile;
import dev.nommu.api.DeviceContext;
import dev.nommu.api.ImageLoader;
import dev.nommu.api.PluginFault;
import dev.nommu.api.Recognition;
import dev.nommu.api.VmOperations;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Real plugins, each of whose objects stands behind a proxy that passes every call on, but for the
 * one that is to be a lie. Their {@code equals}, {@code hashCode} and {@code toString} always fail:
 * a kernel has no business calling them.
 */
final class LyingPlugins {
  /**
   * A method of the objects of one room.
   *
   * @param room the package of the class behind the proxy
   * @param method a method of an interface of {@code api}, or of the frame buffers
   */
  record Place(String room, Method method) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
      return "%s: %s.%s of %d"
          .formatted(
              room,
              method.getDeclaringClass().getSimpleName(),
              method.getName(),
              method.getParameterCount());
    }
  }

  /** When it lies. */
  enum When {
    /** At the first call there is. */
    FIRST,
    /** At the second call only. */
    SECOND,
    /** At every call after the machine was booted. */
    LATER
  }

  /**
   * What is to be told where.
   *
   * @param place the method
   * @param lie what it answers
   * @param when at which call
   */
  record Order(Place place, Lie lie, When when) {}

  private static final Pattern OF_TESTS =
      Pattern.compile("dev\\.nommu\\.kernel\\.(testing|liar)\\.");

  private final Map<Place, AtomicInteger> calls = new ConcurrentHashMap<>();
  private final Set<String> authors = ConcurrentHashMap.newKeySet();
  private final ConcurrentLinkedQueue<String> strangeCalls = new ConcurrentLinkedQueue<>();
  private volatile Optional<Order> order = Optional.empty();
  private volatile boolean booted;

  /** Begins to lie as ordered, or not at all; everything is forgotten. */
  void begin(Optional<Order> wanted) {
    calls.clear();
    authors.clear();
    strangeCalls.clear();
    booted = false;
    order = wanted;
  }

  void booted() {
    booted = true;
  }

  /** From now on all is true. */
  void stop() {
    order = Optional.empty();
  }

  /** Returns how often each method was called, by its name. */
  Map<Place, Integer> calls() {
    Map<Place, Integer> counts = new TreeMap<>();
    calls.forEach((place, count) -> counts.put(place, count.get()));
    return counts;
  }

  /** Returns the classes of those that have lied; empty if none has. */
  Set<String> authors() {
    return Set.copyOf(authors);
  }

  /** Returns the calls of methods that do not concern the kernel. */
  List<String> strangeCalls() {
    return List.copyOf(strangeCalls);
  }

  /** Returns a plugin's object behind a proxy. */
  <T> T wrap(T target, Class<T> type) {
    return type.cast(wrap(target));
  }

  /** Returns a plugin's object behind a proxy, for which another class is named. */
  <T> T wrap(T target, Class<T> type, String named) {
    return type.cast(wrap(target, Set.of(named)));
  }

  private Object wrap(Object target) {
    return wrap(target, Set.of());
  }

  /**
   * Wraps a plugin's object.
   *
   * @param others who may be named in its place
   */
  private Object wrap(Object target, Set<String> others) {
    Set<Class<?>> slots = new LinkedHashSet<>();
    collect(target.getClass(), slots);
    if (slots.isEmpty() || !isOfPlugin(target.getClass())) {
      return target;
    }
    return Proxy.newProxyInstance(
        LyingPlugins.class.getClassLoader(),
        slots.toArray(Class<?>[]::new),
        new Handler(target, others));
  }

  private static boolean isOfPlugin(Class<?> type) {
    String room = type.getPackageName() + ".";
    boolean ofKernel = room.startsWith("dev.nommu.kernel.") && !OF_TESTS.matcher(room).lookingAt();
    return !ofKernel && !room.equals("dev.nommu.api.") && !Proxy.isProxyClass(type);
  }

  private static void collect(@Nullable Class<?> type, Set<Class<?>> slots) {
    if (type == null) {
      return;
    }
    if (Slots.ALL.contains(type)) {
      slots.add(type);
    }
    collect(type.getSuperclass(), slots);
    Arrays.stream(type.getInterfaces()).forEach(each -> collect(each, slots));
  }

  private final class Handler implements InvocationHandler {
    private final Object target;
    private final Set<String> others;

    Handler(Object target, Set<String> others) {
      this.target = target;
      this.others = others;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
        throws Throwable {
      if (method.getDeclaringClass() == Object.class) {
        strangeCalls.add(target.getClass().getName() + "." + method.getName());
        throw new IllegalStateException("nobody's business: " + method.getName());
      }
      Place place = new Place(target.getClass().getPackageName(), method);
      int call = calls.computeIfAbsent(place, first -> new AtomicInteger()).incrementAndGet();
      Optional<Order> now = order;
      if (now.isPresent() && now.get().place().equals(place) && isTime(now.get(), call)) {
        authors.add(PluginFault.nameOf(proxy));
        authors.addAll(others);
        if (target instanceof DelegatingFile core) {
          authors.add(PluginFault.nameOf(wrap(core.delegate())));
        }
        return now.get().lie().tell(method);
      }
      return answer(proxy, method, arguments == null ? new Object[0] : arguments.clone());
    }

    private boolean isTime(Order now, int call) {
      return switch (now.when()) {
        case FIRST -> call == 1;
        case SECOND -> call == 2;
        case LATER -> booted;
      };
    }

    private @Nullable Object answer(Object proxy, Method method, Object[] arguments)
        throws Throwable {
      for (int i = 0; i < arguments.length; i++) {
        arguments[i] = argument(arguments[i]);
      }
      try {
        Object answer = method.invoke(target, arguments);
        return answer == null ? null : wrapParts(answer, proxy);
      } catch (InvocationTargetException thrown) {
        throw thrown.getCause();
      }
    }
  }

  /** A plugin gets its own objects back as they are; what it registers is put behind a proxy. */
  private Object argument(Object given) {
    if (Proxy.isProxyClass(given.getClass())
        && Proxy.getInvocationHandler(given) instanceof Handler handler) {
      return handler.target;
    }
    return given instanceof DeviceContext context ? lending(context) : given;
  }

  private DeviceContext lending(DeviceContext context) {
    return (DeviceContext)
        Proxy.newProxyInstance(
            LyingPlugins.class.getClassLoader(),
            new Class<?>[] {DeviceContext.class},
            (proxy, method, arguments) -> {
              List<Object> lent = new ArrayList<>();
              for (Object argument : arguments == null ? new Object[0] : arguments) {
                lent.add(wrap(argument));
              }
              try {
                return method.invoke(context, lent.toArray());
              } catch (InvocationTargetException thrown) {
                throw thrown.getCause();
              }
            });
  }

  /** A loader is part of its format, which is named for it. */
  private Object wrapParts(Object answer, Object proxy) {
    return switch (answer) {
      case Optional<?> optional -> optional.map(this::wrap);
      case Consent.Accepted(var operations) when operations != null ->
          Consent.accepted(wrap(operations, VmOperations.class));
      case Recognition.Program(var loader) ->
          new Recognition.Program((ImageLoader) wrap(loader, Set.of(PluginFault.nameOf(proxy))));
      default -> wrap(answer);
    };
  }
}
