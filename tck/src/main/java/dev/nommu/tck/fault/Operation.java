package dev.nommu.tck.fault;

import dev.nommu.api.BackingStore;
import dev.nommu.api.ControllableFile;
import dev.nommu.api.DeviceContext;
import dev.nommu.api.DeviceWindow;
import dev.nommu.api.Executable;
import dev.nommu.api.PageSource;
import dev.nommu.api.ProcessMemory;
import dev.nommu.tck.interpose.Invocation;
import java.io.IOException;
import java.lang.reflect.Method;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A kind of call that a fault can happen to. One call can be of several kinds. */
public enum Operation {
  /** The kernel reads from a file or a store of the plugin. */
  READ {
    @Override
    boolean is(Invocation call) {
      return isOfPlugin(call) && call.method().getName().equals("read");
    }
  },
  /** The kernel writes to a file or a store of the plugin. */
  WRITE {
    @Override
    boolean is(Invocation call) {
      return isOfPlugin(call) && call.method().getName().equals("write");
    }
  },
  /** A program erases flash: MEMERASE or MEMERASE64. */
  ERASE {
    @Override
    boolean is(Invocation call) {
      return isOfPlugin(call)
          && call.method().getDeclaringClass() == ControllableFile.class
          && ERASE_COMMANDS.contains((Integer) call.arguments().getFirst());
    }
  },
  /** The plugin asks the kernel for pages, or for a mapping of the process that executes a file. */
  ALLOCATION {
    @Override
    boolean is(Invocation call) {
      Class<?> slot = call.method().getDeclaringClass();
      return (slot == PageSource.class && canFail(call))
          || (slot == ProcessMemory.class && MAPPING.contains(call.method().getName()));
    }
  },
  /** The kernel makes any call of the plugin that can fail. */
  DRIVER_CALL {
    @Override
    boolean is(Invocation call) {
      return isOfPlugin(call) && canFail(call);
    }
  },
  /**
   * The plugin reads, writes or flushes a store from the kernel, such as an image; reads the
   * executable or opens its interpreter; or uses files of the host directory that it is mounted
   * from.
   */
  HOST_OPERATION {
    @Override
    boolean is(Invocation call) {
      return isOfHost(call) && canFail(call);
    }
  },
  /** A program stores into a device's window. */
  STORE {
    @Override
    boolean is(Invocation call) {
      return call.method().getDeclaringClass() == DeviceWindow.class
          && call.method().getName().equals("store");
    }
  };

  private static final List<Operation> ALL = List.of(values());
  private static final Set<String> MAPPING = Set.of("map", "mapAnonymous");
  private static final Set<Class<?>> LENT =
      Set.of(DeviceContext.class, PageSource.class, ProcessMemory.class);
  private static final Set<Integer> ERASE_COMMANDS = Set.of(0x40084d02, 0x40104d14);
  private static final String KERNEL = "dev.nommu.kernel.";

  abstract boolean is(Invocation call);

  /** Returns all kinds of a call. */
  static Set<Operation> of(Invocation call) {
    Set<Operation> kinds = EnumSet.noneOf(Operation.class);
    for (Operation kind : ALL) {
      if (kind.is(call)) {
        kinds.add(kind);
      }
    }
    return kinds;
  }

  static boolean canFail(Invocation call) {
    for (Class<?> thrown : call.method().getExceptionTypes()) {
      if (IOException.class.isAssignableFrom(thrown)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOfPlugin(Invocation call) {
    return !LENT.contains(call.method().getDeclaringClass()) && !isOfHost(call);
  }

  private static boolean isOfHost(Invocation call) {
    Class<?> slot = call.method().getDeclaringClass();
    return isLentStore(call) || slot == Executable.class || slot.getName().startsWith("java.nio.");
  }

  private static boolean isLentStore(Invocation call) {
    Method method = call.method();
    return BackingStore.class.isAssignableFrom(method.getDeclaringClass())
        && call.author().getName().startsWith(KERNEL);
  }

  /** Returns it as {@code host operation}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
