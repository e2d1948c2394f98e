package dev.nommu.scenario;

import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.memory.MemoryFault;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * A call of the notation: a system call, or one that looks at memory and files as a test program
 * would. The families of calls list theirs, each with what answers it; {@link CallTable} has all.
 */
public final class Call {
  private final String name;
  private final String summary;
  private final List<Signature> signatures;
  private final Handler handler;
  private final Effect effect;

  /** Carries a call out on a machine. */
  @FunctionalInterface
  interface Handler {
    /**
     * Returns what the kernel answered.
     *
     * @param arguments as one of the call's signatures wants them
     * @throws ErrnoException if the kernel refused
     * @throws MemoryFault if there was no memory where the caller looked
     */
    Answer answer(Caller caller, Arguments arguments) throws ErrnoException, MemoryFault;
  }

  /**
   * The effect that a call may have on mappings.
   *
   * @param mapping whether it makes mappings
   * @param unmapping whether it may take memory away that is mapped, given its arguments
   */
  private record Effect(Predicate<Arguments> mapping, Predicate<Arguments> unmapping) {
    static final Effect NONE = new Effect(arguments -> false, arguments -> false);
  }

  /**
   * Creates a call that leaves mappings alone.
   *
   * @param name as it is written
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

  /** Returns this call with one more way of calling it. */
  Call or(Signature another) {
    List<Signature> all = new ArrayList<>(signatures);
    all.add(another);
    return new Call(name, summary, all, handler, effect);
  }

  /** Returns this call as one that makes mappings. */
  Call mapping() {
    Effect mapping = new Effect(arguments -> true, effect.unmapping());
    return new Call(name, summary, signatures, handler, mapping);
  }

  /** Returns this call as one that may take memory away that is mapped. */
  Call unmapping() {
    return unmappingIf(arguments -> true);
  }

  /** Returns this call as one that, given some arguments, may take memory away that is mapped. */
  Call unmappingIf(Predicate<Arguments> some) {
    return new Call(name, summary, signatures, handler, new Effect(effect.mapping(), some));
  }

  /** Returns its name as it is written in a scenario. */
  public String name() {
    return name;
  }

  /** Returns what it does, as a sentence. */
  public String summary() {
    return summary;
  }

  /** Returns the ways of calling it, one or more. */
  public List<Signature> signatures() {
    return signatures;
  }

  /** Returns whether the call, given these arguments, makes a mapping if it succeeds. */
  boolean maps(Arguments arguments) {
    return effect.mapping().test(arguments);
  }

  /** Returns whether the call, given these arguments, may take away memory that is mapped. */
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
