package dev.nommu.tck.interpose;

import dev.nommu.api.BackingStore;
import dev.nommu.api.Consent;
import dev.nommu.api.DeviceContext;
import dev.nommu.api.Executable;
import dev.nommu.api.ForwardingHandler;
import dev.nommu.api.ImageLoader;
import dev.nommu.api.MountRequest;
import dev.nommu.api.PageSource;
import dev.nommu.api.ProcessMemory;
import dev.nommu.api.Recognition;
import dev.nommu.api.VmOperations;
import dev.nommu.tck.interpose.Invocation.Interception;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Wraps the objects of a plugin, and objects they return in turn, in proxies with the same slots.
 * Objects that the kernel passes to the plugin (its context, its pages, the store or the host
 * directory it is mounted from, the executable and the memory it is loaded into) are wrapped too.
 * Thread-safe if the interception is.
 */
public final class Interposer {
  private static final String API = DeviceContext.class.getPackageName();
  private static final String KERNEL = "dev.nommu.kernel.";

  /** The public, unsealed interfaces of a class, found once for each class. */
  private static final ClassValue<List<Class<?>>> INTERFACES =
      new ClassValue<>() {
        @Override
        protected List<Class<?>> computeValue(Class<?> type) {
          Set<Class<?>> found = new LinkedHashSet<>();
          collect(type, found);
          return List.copyOf(found);
        }
      };

  private final Interception interception;

  /** Creates an interposer with an interception for each call. */
  public Interposer(Interception interception) {
    this.interception = interception;
  }

  /**
   * Returns a plugin behind a proxy.
   *
   * @param kind the service that it provides, whose package has the SPI it is written against
   */
  public <T> T wrap(Class<T> kind, T plugin) {
    return kind.cast(new Sides(kind.getPackageName()).plugins(plugin));
  }

  /** Wraps objects that pass from one side to the other. */
  private final class Sides {
    /** The package of the plugin's SPI, in addition to the API. */
    private final String spi;

    Sides(String spi) {
      this.spi = spi;
    }

    /** Wraps an object of the plugin in a proxy, if it has a slot. */
    Object plugins(Object target) {
      Class<?> type = target.getClass();
      boolean foreign =
          isKernels(target) || type.getPackageName().equals(API) || Proxy.isProxyClass(type);
      List<Class<?>> slots = foreign ? List.of() : slots(type);
      return slots.isEmpty()
          ? target
          : proxy(new Handler(target, this::kernels, this::handedOut), slots);
    }

    private List<Class<?>> slots(Class<?> type) {
      List<Class<?>> slots = new ArrayList<>();
      for (Class<?> each : INTERFACES.get(type)) {
        String room = each.getPackageName();
        if (room.equals(API) || room.equals(spi)) {
          slots.add(each);
        }
      }
      return slots;
    }

    private static boolean isKernels(Object object) {
      return object.getClass().getName().startsWith(KERNEL);
    }

    /** A plugin gets its own objects back unwrapped, and the kernel's wrapped. */
    private Object kernels(Object given) {
      return switch (given) {
        case DeviceContext context -> lend(context, DeviceContext.class);
        case PageSource pages -> lend(pages, PageSource.class);
        case MountRequest request -> lend(request);
        case BackingStore store when isKernels(store) -> lend(store, BackingStore.class);
        case Executable file -> lend(file, Executable.class);
        case ProcessMemory memory -> lend(memory, ProcessMemory.class);
        case Optional<?> optional -> optional.map(this::kernels);
        default -> own(given);
      };
    }

    private Object lend(Object kernels, Class<?> slot) {
      Passage back = given -> plugins(own(given)); // an object of the kernel may come back
      return proxy(new Handler(kernels, back, this::kernels), List.of(slot));
    }

    private MountRequest lend(MountRequest request) {
      MountRequest.Builder lent =
          MountRequest.builder(request.source())
              .options(request.options())
              .access(request.access())
              .clock(request.clock())
              .profile(request.profile())
              .waitQueues(request::newWaitQueue)
              .pages((PageSource) lend(request.pages(), PageSource.class));
      request.store().map(this::kernels).map(BackingStore.class::cast).ifPresent(lent::store);
      request
          .hostDirectory()
          .map(directory -> HostView.of(directory, interception))
          .ifPresent(lent::hostDirectory);
      return lent.build();
    }

    private Object handedOut(Object answer) {
      return switch (answer) {
        case Optional<?> optional -> optional.map(this::plugins);
        case Consent.Accepted(var operations) when operations != null ->
            Consent.accepted((VmOperations) plugins(operations));
        case Recognition.Program(var loader) ->
            new Recognition.Program((ImageLoader) plugins(loader));
        default -> plugins(answer);
      };
    }
  }

  private static void collect(@Nullable Class<?> type, Set<Class<?>> found) {
    if (type != null) {
      if (type.isInterface() && Modifier.isPublic(type.getModifiers()) && !type.isSealed()) {
        found.add(type);
      }
      collect(type.getSuperclass(), found);
      Arrays.stream(type.getInterfaces()).forEach(each -> collect(each, found));
    }
  }

  /** Returns the target of a proxy, or the object itself. */
  public static Object own(Object given) {
    return Proxy.isProxyClass(given.getClass())
            && Proxy.getInvocationHandler(given) instanceof Handler handler
        ? handler.target
        : given;
  }

  private static Object proxy(Handler handler, List<Class<?>> slots) {
    return Proxy.newProxyInstance(
        Interposer.class.getClassLoader(), slots.toArray(Class<?>[]::new), handler);
  }

  private interface Passage {
    Object through(Object object);
  }

  private final class Handler implements ForwardingHandler {
    private final Object target;
    private final Passage in;
    private final Passage out;

    Handler(Object target, Passage in, Passage out) {
      this.target = target;
      this.in = in;
      this.out = out;
    }

    @Override
    public Class<?> author() {
      return target.getClass();
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] given)
        throws Throwable {
      List<Object> arguments = given == null ? List.of() : Arrays.asList(given);
      if (method.getDeclaringClass() == Object.class) {
        return ofObject(proxy, method, arguments);
      }
      List<Object> passed = arguments.stream().map(in::through).toList();
      Object answer = interception.around(new Invocation(target, method, passed));
      return answer == null ? null : out.through(answer);
    }

    @SuppressWarnings("ReferenceEquality") // a proxy is equal only to itself
    private Object ofObject(Object proxy, Method method, List<Object> arguments) {
      return switch (method.getName()) {
        case "equals" -> arguments.getFirst() == proxy;
        case "hashCode" -> System.identityHashCode(proxy);
        default -> target.toString();
      };
    }
  }
}
