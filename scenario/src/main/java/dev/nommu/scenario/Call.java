package dev.nommu.scenario;

import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.memory.MemoryFault;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * A call of the notation: a system call, or one that inspects memory and files as a test program
 * would. Each family of calls lists its calls with their handlers; {@link CallTable} has all.
 */
public final class Call {
  private final String name;
  private final String summary;
  private final List<Signature> signatures;
  private final Handler handler;
  private final Effect effect;

  /** Makes a call on a machine. */
  @FunctionalInterface
  interface Handler {
    /**
     * Returns the result.
     *
     * @param arguments matching one of the call's signatures
     * @throws ErrnoException if the call failed
     * @throws MemoryFault if the caller accessed an address without memory
     */
    Answer answer(Caller caller, Arguments arguments) throws ErrnoException, MemoryFault;
  }

  /**
   * The effect that a call may have on mappings.
   *
   * @param mapping whether it creates mappings
   * @param unmapping whether it may unmap memory, given its arguments
   */
  private record Effect(Predicate<Arguments> mapping, Predicate<Arguments> unmapping) {
    static final Effect NONE = new Effect(arguments -> false, arguments -> false);
  }

  /**
   * Creates a call that does not affect mappings.
   *
   * @param name its name in scenarios
   * @param summary what it does, as a sentence
   */
  Call(String name, String summary, Signature signature, Handler handler) {
    this(name, summary, List.of(signature), handler, Effect.NONE);
  }

  private Call(
      String name, String summary, List<Signature> signatures, Handler handler, Effect effect) {
    this.name = name;
    this.summary = summary;
    this.signatures = List.copyOf(signatures);
    this.handler = handler;
    this.effect = effect;
  }

  /** Returns this call with one more signature. */
  Call or(Signature another) {
    List<Signature> all = new ArrayList<>(signatures);
    all.add(another);
    return new Call(name, summary, all, handler, effect);
  }

  /** Returns this call as one that creates mappings. */
  Call mapping() {
    Effect mapping = new Effect(arguments -> true, effect.unmapping());
    return new Call(name, summary, signatures, handler, mapping);
  }

  /** Returns this call as one that may unmap memory. */
  Call unmapping() {
    return unmappingIf(arguments -> true);
  }

  /** Returns this call as one that may unmap memory given some arguments. */
  Call unmappingIf(Predicate<Arguments> some) {
    return new Call(name, summary, signatures, handler, new Effect(effect.mapping(), some));
  }

  /** Returns its name in scenarios. */
  public String name() {
    return name;
  }

  /** Returns what it does, as a sentence. */
  public String summary() {
    return summary;
  }

  /** Returns its signatures, one or more. */
  public List<Signature> signatures() {
    return signatures;
  }

  /** Returns whether the call, given these arguments, creates a mapping if it succeeds. */
  boolean maps(Arguments arguments) {
    return effect.mapping().test(arguments);
  }

  /** Returns whether the call, given these arguments, may unmap memory. */
  boolean mayUnmap(Arguments arguments) {
    return effect.unmapping().test(arguments);
  }

  Handler handler() {
    return handler;
  }

  /** Returns the name. */
  @Override
  public String toString() {
    return name;
  }
}
