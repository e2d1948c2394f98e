package dev.nommu.kernel.liar;

import dev.nommu.api.Consent;
import dev.nommu.api.Placement;
import dev.nommu.api.PointedRange;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.reflect.Method;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a method of a plugin can answer that cannot be, or throw that it may not. */
enum Lie {
  /** It answers null. */
  NULL {
    @Override
    boolean canBeToldBy(Method method) {
      return !method.getReturnType().isPrimitive();
    }

    @Override
    @Nullable Object tell(Method method) {
      return null;
    }
  },
  /** A count below zero. */
  NEGATIVE {
    @Override
    boolean canBeToldBy(Method method) {
      return isCount(method);
    }

    @Override
    Object tell(Method method) {
      return number(method, -5);
    }
  },
  /** A count that is more than was asked for, or than there is. */
  HUGE {
    @Override
    boolean canBeToldBy(Method method) {
      return isCount(method) && BOUNDED.contains(method.getName());
    }

    @Override
    Object tell(Method method) {
      return number(
          method, method.getReturnType() == int.class ? Integer.MAX_VALUE : Long.MAX_VALUE);
    }
  },
  /** An address, or memory, that is not the plugin's. */
  WRONG_PLACE {
    @Override
    boolean canBeToldBy(Method method) {
      return method.getReturnType() == Placement.class
          || method.getName().equals("point")
          || isWindowMemory(method);
    }

    @Override
    Object tell(Method method) {
      if (method.getReturnType() == Placement.class) {
        return Placement.at(RAM);
      }
      return method.getName().equals("point")
          ? Optional.of(PointedRange.at(RAM))
          : Optional.of(MemorySegment.ofArray(new byte[1]));
    }
  },
  /** Consent without operations. */
  HOLLOW {
    @Override
    boolean canBeToldBy(Method method) {
      return method.getReturnType() == Consent.class;
    }

    @Override
    @SuppressWarnings("NullAway") // the point of it
    Object tell(Method method) {
      return Consent.accepted(null);
    }
  },
  /** It throws an exception of its own. */
  EXCEPTION {
    @Override
    Object tell(Method method) throws Throwable {
      throw new IllegalStateException("told on purpose");
    }
  },
  /** It throws an error of the virtual machine. */
  ERROR {
    @Override
    Object tell(Method method) throws Throwable {
      throw new InternalError("told on purpose");
    }
  },
  /** It throws what the compiler would not have let through. */
  SNEAKED {
    @Override
    boolean canBeToldBy(Method method) {
      return method.getParameterCount() > 0;
    }

    @Override
    Object tell(Method method) throws Throwable {
      throw new IOException("told on purpose");
    }
  };

  private static final Set<String> BOUNDED = Set.of("read", "write", "colourMapLength");
  private static final long RAM = 0x8000_0000L;

  boolean canBeToldBy(Method method) {
    return true;
  }

  abstract @Nullable Object tell(Method method) throws Throwable;

  private static boolean isWindowMemory(Method method) {
    return method.getName().equals("memory") && method.getReturnType() == Optional.class;
  }

  /** The number of an inode and the value in a register can be any. */
  private static boolean isCount(Method method) {
    boolean any = method.getName().equals("number") || method.getName().equals("load");
    Class<?> type = method.getReturnType();
    return !any && (type == long.class || type == int.class);
  }

  private static Object number(Method method, long value) {
    if (method.getReturnType() == int.class) {
      return (int) value;
    }
    return value;
  }
}
