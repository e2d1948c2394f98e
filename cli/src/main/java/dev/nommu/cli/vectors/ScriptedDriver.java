package dev.nommu.cli.vectors;

import dev.nommu.api.Consent;
import dev.nommu.api.DirectlyMappableFile;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.MapRequest;
import dev.nommu.api.Placement;
import dev.nommu.api.ReadableFile;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The driver of one request: it answers from a script and records the questions. Past the end of
 * the script it gives the first possible answer, and {@link #next} returns a driver with the next
 * script: in turn they give every sequence of answers.
 */
final class ScriptedDriver implements DirectlyMappableFile, ReadableFile {
  private final List<Integer> script;
  private final List<Given> given = new ArrayList<>();

  private record Given(Answer answer, int index, int choices) {}

  private ScriptedDriver(List<Integer> script) {
    this.script = script;
  }

  /** Returns the driver that gives the first answer to everything. */
  static ScriptedDriver first() {
    return new ScriptedDriver(List.of());
  }

  /** Returns its answers, in order. */
  List<Answer> answers() {
    return given.stream().map(Given::answer).toList();
  }

  /** Returns the driver of the next sequence of answers, or empty if this was the last one. */
  Optional<ScriptedDriver> next() {
    for (int last = given.size() - 1; last >= 0; last--) {
      Given answer = given.get(last);
      if (answer.index() + 1 < answer.choices()) {
        List<Integer> longer = new ArrayList<>();
        given.subList(0, last).forEach(earlier -> longer.add(earlier.index()));
        longer.add(answer.index() + 1);
        return Optional.of(new ScriptedDriver(longer));
      }
    }
    return Optional.empty();
  }

  private <A extends Answer> A choose(A[] choices) {
    int index = given.size() < script.size() ? script.get(given.size()) : 0;
    given.add(new Given(choices[index], index, choices.length));
    return choices[index];
  }

  @Override
  public Placement getUnmappedArea(MapRequest request) throws ErrnoException {
    return choose(Answer.Place.values()).give();
  }

  @Override
  public Consent mmap(MapRequest request, long address) throws ErrnoException {
    return choose(Answer.Permit.values()).give();
  }

  @Override
  public long read(MemorySegment into, long position) throws ErrnoException {
    return choose(Answer.Count.values()).give(into);
  }
}
