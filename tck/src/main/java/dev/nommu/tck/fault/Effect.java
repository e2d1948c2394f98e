package dev.nommu.tck.fault;

import dev.nommu.api.BusFault;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.tck.interpose.Invocation;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a call goes wrong. Immutable, except for {@link Hold}. */
public sealed interface Effect {
  /** It fails without effect. */
  record Fail(Errno errno) implements Effect {
    @Override
    public String toString() {
      return "fails with " + errno;
    }
  }

  /** It moves half of the bytes and returns that count; if it returns no count, it is torn. */
  record Shorten() implements Effect {
    @Override
    public String toString() {
      return "is cut short";
    }
  }

  /** It does half of what it should, or all if it moves no bytes, and then fails with EIO. */
  record Tear() implements Effect {
    @Override
    public String toString() {
      return "is torn and fails with EIO";
    }
  }

  /** It waits first. */
  record Delay(Hold until) implements Effect {
    @Override
    public String toString() {
      return "waits";
    }
  }

  /**
   * It is delayed until another thread has inspected the whole machine, which must not block. While
   * the machine boots no other thread has it, and the call is not delayed.
   */
  record Late() implements Effect {
    @Override
    public String toString() {
      return "is late";
    }
  }

  /**
   * The power fails; no later call of the plugin has any effect.
   *
   * @param damage the fate of the call during which it happens
   */
  record PowerLoss(Damage damage) implements Effect {
    @Override
    public String toString() {
      return damage == Damage.CLEAN ? "is preceded by a power loss" : "is torn by a power loss";
    }
  }

  /** The fate of the call during which the power fails. */
  enum Damage {
    /** It has no effect. */
    CLEAN,
    /** It is half done. */
    TORN
  }

  /**
   * Makes a call with this effect.
   *
   * @throws Throwable as the method does
   */
  default @Nullable Object on(Invocation call) throws Throwable {
    return switch (this) {
      case Fail(Errno errno) -> throw failure(call, errno);
      case Shorten() when countsBytes(call) -> half(call);
      case Shorten() -> torn(call);
      case Tear() -> torn(call);
      case Delay(Hold until) -> {
        until.pass();
        yield call.proceed();
      }
      case Late() -> call.proceed();
      case PowerLoss(Damage damage) when damage == Damage.TORN -> torn(call);
      case PowerLoss(Damage damage) -> throw failure(call, Errno.EIO);
    };
  }

  private @Nullable Object torn(Invocation call) throws Throwable {
    half(call);
    throw failure(call, Errno.EIO);
  }

  /** A method of a window cannot fail with an error number: the bus does not answer. */
  private Exception failure(Invocation call, Errno errno) {
    String message = "%s of %s %s".formatted(call.method().getName(), call.author(), this);
    return Operation.canFail(call)
        ? new ErrnoException(errno, "injected: " + message)
        : new BusFault("injected: " + message);
  }

  private static boolean countsBytes(Invocation call) {
    return switch (first(call)) {
      case MemorySegment bytes -> call.method().getReturnType() == long.class;
      case ByteBuffer bytes -> call.method().getReturnType() == int.class;
      default -> false;
    };
  }

  private static Object first(Invocation call) {
    return call.arguments().isEmpty() ? "nothing" : call.arguments().getFirst();
  }

  /** Does half of a call; a channel of the host advances the buffer by the bytes moved. */
  private static @Nullable Object half(Invocation call) throws Throwable {
    if (!(first(call) instanceof ByteBuffer bytes)) {
      return call.proceedWith(halfOf(call));
    }
    int limit = bytes.limit();
    bytes.limit(bytes.position() + (bytes.remaining() + 1) / 2);
    try {
      return call.proceed();
    } finally {
      bytes.limit(limit);
    }
  }

  /** A single byte cannot be halved. */
  private static List<Object> halfOf(Invocation call) {
    List<Object> arguments = new ArrayList<>(call.arguments());
    if (first(call) instanceof MemorySegment bytes) {
      arguments.set(0, bytes.asSlice(0, (bytes.byteSize() + 1) / 2));
    } else if (Operation.STORE.is(call)) {
      int half = Math.max(1, (int) arguments.get(1) / 2);
      long low = (long) arguments.get(2) & ((1L << (8 * half)) - 1);
      arguments.set(1, half);
      arguments.set(2, low);
    }
    return arguments;
  }
}
