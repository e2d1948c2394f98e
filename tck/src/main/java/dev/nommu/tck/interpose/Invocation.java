package dev.nommu.tck.interpose;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A call of a method of the SPI that is about to be made. Immutable. */
public final class Invocation {
  private final Object target;
  private final Method method;
  private final List<Object> arguments;

  Invocation(Object target, Method method, List<Object> arguments) {
    this.target = target;
    this.method = method;
    // null arguments tell the host to leave a value unchanged
    this.arguments = Collections.unmodifiableList(new ArrayList<>(arguments));
  }

  /** A call that is intercepted. */
  @FunctionalInterface
  public interface Interception {
    /**
     * Makes the call, or returns in its place.
     *
     * @throws Throwable as the method does
     */
    @Nullable Object around(Invocation call) throws Throwable;
  }

  /**
   * Makes the call and returns its answer.
   *
   * @throws Throwable as the method does
   */
  public @Nullable Object proceed() throws Throwable {
    return proceedWith(arguments);
  }

  /**
   * Makes the call with other arguments and returns its answer.
   *
   * @param others the same number of arguments, of the same types
   * @throws Throwable as the method does
   */
  public @Nullable Object proceedWith(List<Object> others) throws Throwable {
    try {
      return method.invoke(target, others.toArray());
    } catch (InvocationTargetException thrown) {
      throw Objects.requireNonNullElse(thrown.getCause(), thrown);
    }
  }

  /** Returns the method, of an interface of the SPI. */
  public Method method() {
    return method;
  }

  /** Returns the arguments. */
  public List<Object> arguments() {
    return arguments;
  }

  /** Returns the class of the object. */
  public Class<?> author() {
    return target.getClass();
  }

  /** Returns the call as {@code getUnmappedArea(0x1000 bytes at 0x0, [READ], SHARED)}. */
  @Override
  public String toString() {
    return arguments.stream()
        .map(String::valueOf)
        .collect(Collectors.joining(", ", method.getName() + "(", ")"));
  }
}
