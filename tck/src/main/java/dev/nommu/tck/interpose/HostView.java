package dev.nommu.tck.interpose;

import dev.nommu.tck.interpose.Invocation.Interception;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A plugin's view of the host's files: each call that can fail passes through an interception.
 * Thread-safe if the interception is.
 */
final class HostView {
  /** Objects from the host with calls of their own. */
  private static final List<Class<?>> SLOTS =
      List.of(Path.class, SeekableByteChannel.class, DirectoryStream.class);

  private final Interception interception;
  private final HostProvider provider;

  private HostView(Interception interception, Path directory) {
    this.interception = interception;
    this.provider = new HostProvider(this, directory.getFileSystem());
  }

  /** Returns a directory in this view. */
  static Path of(Path directory, Interception interception) {
    return (Path) new HostView(interception, directory).seen(directory);
  }

  /** Returns an object from the host, behind a proxy if it has calls of its own. */
  Object seen(Object host) {
    if (host instanceof Iterator<?> each) {
      return seen(each);
    }
    return SLOTS.stream()
        .filter(slot -> slot.isInstance(host))
        .findFirst()
        .<Object>map(slot -> proxy(host, slot))
        .orElse(host);
  }

  private Iterator<Object> seen(Iterator<?> host) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return host.hasNext();
      }

      @Override
      public Object next() {
        return HostView.this.seen(host.next());
      }
    };
  }

  /** Returns an object from the host behind a proxy of this type. */
  Object proxy(Object host, Class<?> slot) {
    return Proxy.newProxyInstance(
        HostView.class.getClassLoader(), new Class<?>[] {slot}, new Handler(host));
  }

  /** Returns the target of a proxy, or the object itself. */
  static @Nullable Object own(@Nullable Object given) {
    return given != null
            && Proxy.isProxyClass(given.getClass())
            && Proxy.getInvocationHandler(given) instanceof Handler handler
        ? handler.host
        : given;
  }

  /**
   * Makes a call of the host.
   *
   * @throws IOException as the call or the interception does
   */
  @Nullable Object call(Object host, Method method, @Nullable Object... given) throws IOException {
    @Nullable Object[] arguments = Arrays.stream(given).map(HostView::own).toArray();
    try {
      Object answer =
          mayFail(method)
              ? interception.around(new Invocation(host, method, Arrays.asList(arguments)))
              : method.invoke(host, arguments);
      return answer == null ? null : seen(answer);
    } catch (InvocationTargetException thrown) {
      throw rethrown(Objects.requireNonNullElse(thrown.getCause(), thrown));
    } catch (Throwable thrown) {
      throw rethrown(thrown);
    }
  }

  private static boolean mayFail(Method method) {
    return Arrays.stream(method.getExceptionTypes()).anyMatch(IOException.class::isAssignableFrom);
  }

  private static IOException rethrown(Throwable thrown) {
    return switch (thrown) {
      case IOException failure -> failure;
      case RuntimeException unexpected -> throw unexpected;
      case Error error -> throw error;
      default -> new IOException(thrown);
    };
  }

  private final class Handler implements InvocationHandler {
    private final Object host;

    Handler(Object host) {
      this.host = host;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] given)
        throws Throwable {
      return host instanceof Path && method.getName().equals("getFileSystem")
          ? provider.files()
          : call(host, method, given == null ? new Object[0] : given);
    }
  }
}
