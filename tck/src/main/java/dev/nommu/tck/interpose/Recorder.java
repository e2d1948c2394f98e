package dev.nommu.tck.interpose;

import dev.nommu.api.ErrnoException;
import dev.nommu.tck.interpose.Invocation.Interception;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Remembers what a plugin was asked and what it answered, in order. Thread-safe. */
public final class Recorder implements Interception {
  private final List<Call> calls = new ArrayList<>();

  /** Creates a recorder that has heard nothing. */
  public Recorder() {}

  /**
   * A call that has come back.
   *
   * @param asked the call
   * @param answer what it returned, or null
   * @param thrown what it threw instead
   */
  public record Call(Invocation asked, @Nullable Object answer, Optional<Throwable> thrown) {
    /** Returns whether the method has this name. */
    public boolean is(String method) {
      return asked.method().getName().equals(method);
    }

    /** Returns whether it answered null, where an answer is expected. */
    public boolean isNull() {
      return answer == null && thrown.isEmpty() && asked.method().getReturnType() != void.class;
    }

    /** Returns whether it threw what no plugin may throw. */
    public boolean isFault() {
      return thrown.filter(each -> !(each instanceof ErrnoException)).isPresent();
    }

    /** Returns what the plugin said, as {@code org.example.Sensor: At[address=4096]}. */
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

  /** Returns the calls that have come back so far. */
  public synchronized List<Call> calls() {
    return List.copyOf(calls);
  }

  /** Returns the calls of a method, by its name. */
  public List<Call> calls(String method) {
    return calls().stream().filter(call -> call.is(method)).toList();
  }

  /** Forgets the calls so far. */
  public synchronized void clear() {
    calls.clear();
  }
}
