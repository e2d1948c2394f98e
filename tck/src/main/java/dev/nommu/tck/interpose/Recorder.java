package dev.nommu.tck.interpose;

import dev.nommu.api.ErrnoException;
import dev.nommu.tck.interpose.Invocation.Interception;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Records the calls of a plugin and its answers, in order. Thread-safe. */
public final class Recorder implements Interception {
  private final List<Call> calls = new ArrayList<>();

  /** Creates an empty recorder. */
  public Recorder() {}

  /**
   * A call that has returned.
   *
   * @param asked the call
   * @param answer the returned value, or null
   * @param thrown the exception thrown instead
   */
  public record Call(Invocation asked, @Nullable Object answer, Optional<Throwable> thrown) {
    /** Returns whether the method has this name. */
    public boolean is(String method) {
      return asked.method().getName().equals(method);
    }

    /** Returns whether it returned null where a value is required. */
    public boolean isNull() {
      return answer == null && thrown.isEmpty() && asked.method().getReturnType() != void.class;
    }

    /** Returns whether it threw an exception that plugins may not throw. */
    public boolean isFault() {
      return thrown.filter(each -> !(each instanceof ErrnoException)).isPresent();
    }

    /** Returns the plugin's answer, as {@code org.example.Sensor: At[address=4096]}. */
    public String described() {
      return asked.author().getName()
          + ": "
          + thrown.<Object>map(each -> "threw " + each).orElse(answer);
    }
  }

  @Override
  public @Nullable Object around(Invocation call) throws Throwable {
    try {
      Object answer = call.proceed();
      add(new Call(call, answer, Optional.empty()));
      return answer;
    } catch (Throwable thrown) {
      add(new Call(call, null, Optional.of(thrown)));
      throw thrown;
    }
  }

  private synchronized void add(Call call) {
    calls.add(call);
  }

  /** Returns the calls that have returned so far. */
  public synchronized List<Call> calls() {
    return List.copyOf(calls);
  }

  /** Returns the calls of a method by name. */
  public List<Call> calls(String method) {
    return calls().stream().filter(call -> call.is(method)).toList();
  }

  /** Forgets the calls so far. */
  public synchronized void clear() {
    calls.clear();
  }
}
