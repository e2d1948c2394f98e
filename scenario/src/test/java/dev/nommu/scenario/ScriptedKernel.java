package dev.nommu.scenario;

import dev.nommu.api.AddressRange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** A kernel with results, regions and files set by a test. */
final class ScriptedKernel implements KernelPort {
  /** The events in order: calls with the process's number, starts and exits. */
  final List<String> events = new ArrayList<>();

  final List<AddressRange> regions = new ArrayList<>();
  final Map<AddressRange, FilePlace> files = new HashMap<>();
  final Map<String, BiFunction<Scripted, Arguments, Answer>> answers = new HashMap<>();
  Duration waitedFor = Duration.ZERO;
  boolean finishes = true;

  /** Runs when a process exits. */
  Runnable exits = () -> {};

  /** The number of queries for all regions. */
  int listings;

  /** The number of queries for the regions at an address. */
  int lookups;

  private final Scripted main = new Scripted(0);
  private int processes = 1;

  /** A process with its number, 0 for main. */
  final class Scripted implements ProcessPort {
    final int number;

    Scripted(int number) {
      this.number = number;
    }

    @Override
    public Answer call(Call call, Arguments arguments) {
      events.add(number + ": " + call.name() + shown(arguments));
      return answers
          .getOrDefault(call.name(), (_, _) -> new Answer.Returned(0))
          .apply(this, arguments);
    }

    @Override
    public Started start(Call call, Arguments arguments) {
      events.add(number + ": start");
      return limit -> {
        waitedFor = limit;
        return finishes ? Optional.of(call(call, arguments)) : Optional.empty();
      };
    }

    @Override
    public void exit(int status) {
      events.add(number + ": exit " + status);
      exits.run();
    }
  }

  private static List<Object> shown(Arguments arguments) {
    return arguments.values().stream()
        .<Object>map(value ->
            switch (value) {
              case Value.Numeric number -> number.value();
              case Value.Text text -> CString.quote(text.bytes());
            })
        .toList();
  }

  /** Answers every mapping with these addresses, in turn, each the start of a region. */
  ScriptedKernel mapping(long length, long... addresses) {
    List<Long> next = new ArrayList<>();
    for (long address : addresses) {
      next.add(address);
    }
    answers.put(
        "mmap",
        (_, _) -> {
          long address = next.removeFirst();
          regions.add(new AddressRange(address, length));
          return new Answer.Mapped(address);
        });
    return this;
  }

  /** Removes a region when it is unmapped. */
  ScriptedKernel unmapping() {
    answers.put(
        "munmap",
        (_, arguments) -> {
          regions.removeIf(region -> region.start() == arguments.number(0));
          return new Answer.Returned(0);
        });
    return this;
  }

  Transcript run(String... lines) throws ScenarioException, InterruptedException {
    Scenario scenario = Scenario.parse("test.txt", String.join("\n", lines));
    return new ScenarioRunner(scenario, this).run(_ -> {});
  }

  @Override
  public ProcessPort main() {
    return main;
  }

  @Override
  public ProcessPort spawn() {
    events.add("spawn " + processes);
    return new Scripted(processes++);
  }

  @Override
  public List<AddressRange> regions() {
    listings++;
    return List.copyOf(regions);
  }

  @Override
  public List<AddressRange> regionsAt(long address) {
    lookups++;
    return regions.stream().filter(region -> region.contains(address, 1)).toList();
  }

  @Override
  public Optional<Window> windowAt(long address) {
    boolean inFlash = address >= 0x20000000L && address < 0x24000000L;
    return inFlash ? Optional.of(new Window("flash", 0x20000000L)) : Optional.empty();
  }

  @Override
  public Optional<FilePlace> fileAt(long address) {
    return files.entrySet().stream()
        .filter(file -> file.getKey().contains(address, 1))
        .map(file -> at(file.getKey(), file.getValue(), address))
        .findFirst();
  }

  private static FilePlace at(AddressRange range, FilePlace start, long address) {
    return new FilePlace(start.file(), start.offset() + address - range.start());
  }
}
