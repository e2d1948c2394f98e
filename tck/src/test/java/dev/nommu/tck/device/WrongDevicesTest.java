package dev.nommu.tck.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Profile;
import dev.nommu.tck.Clause;
import dev.nommu.tck.Contract;
import dev.nommu.tck.Verdict;
import dev.nommu.tck.device.MemoryDevice.Maker;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A device that does one thing wrong breaks exactly the rules that say so. */
final class WrongDevicesTest {
  /**
   * A wrong plugin.
   *
   * @param name what is wrong
   * @param maker makes its files
   * @param breaks the numbers of the rules, each with a part of what is said of it
   */
  private record Wrong(String name, Maker maker, Map<String, String> breaks) {}

  private static final String NO_PLACE = "has no place for";
  private static final String PERMITTED = "a shared mapping, since READ_MAP is permitted";
  private static final String OWN = "an address in memory that the plugin claimed or allocated";
  private static final String NULL = "Nowhere.getUnmappedArea: null is never a valid answer";
  private static final String FAULT = "PLUGIN-01";
  private static final String PAGES = "more pages of RAM are in use after";
  private static final String CLOSE = "fix the exceptions of the plugin's close operations";

  private static Stream<Wrong> wrongPlugins() {
    return Stream.of(
        new Wrong(
            "it permits mappings without an mmap operation",
            (range, memory, context) -> new WrongFiles.NoOperation(),
            Map.of("MMAP-10", "and is not a MappableFile", "MMAP-12", "DirectlyMappableFile")),
        new Wrong(
            "it throws when its file is closed",
            (range, memory, context) -> new WrongFiles.Unclosable(range, memory),
            Map.of("UNMAP-13", CLOSE)),
        new Wrong(
            "it throws when it is opened for the fifth time",
            (range, memory, context) -> WrongFiles.fifthTime(range, memory),
            Map.of("FCNTL-01", "throw nothing but ErrnoException in open and close")),
        new Wrong(
            "it tells that it can be read, and waits",
            (range, memory, context) -> new WrongFiles.AlwaysReady(context),
            Map.of("WAIT-04", "check the condition that read awaits in poll")),
        new Wrong(
            "what it permits changes",
            (range, memory, context) -> new WrongFiles.Changing(range, memory),
            Map.of("BDI-02", "while the file is open")),
        new Wrong(
            "it permits MAP_DIRECT without a place",
            (range, memory, context) -> new WrongFiles.NoPlace(memory),
            Map.of("MMAP-12", "and is not a DirectlyMappableFile", "MMAP-20", PERMITTED)),
        new Wrong(
            "it permits PROT_WRITE and refuses it",
            (range, memory, context) -> new WrongFiles.NoWriting(range, memory),
            Map.of("MMAP-20", "a shared mapping, since WRITE_MAP is permitted")),
        new Wrong(
            "each answer is another page",
            (range, memory, context) -> new WrongFiles.Wandering(range, memory),
            Map.of("DIR-01", "the same address both times", "DIR-02", "as pread reads there")),
        new Wrong(
            "it lies in another's memory",
            (range, memory, context) -> new WrongFiles.Elsewhere(range, memory),
            Map.of("DIR-02", OWN, "MMAP-20", PERMITTED, "PLUGIN-01", FAULT)),
        new Wrong(
            "it ignores the length",
            (range, memory, context) -> new WrongFiles.Endless(range, memory),
            Map.of("DIR-03", "EINVAL, or DECLINED", "PLUGIN-01", FAULT)),
        new Wrong(
            "it answers null for a place",
            (range, memory, context) -> new WrongFiles.Nowhere(range, memory),
            Map.of(
                "DIR-01", "Nowhere.getUnmappedArea: it returned null",
                "DIR-03", NULL,
                "DIR-04", NULL,
                "MMAP-20", NULL,
                "PLUGIN-01", NULL)),
        new Wrong(
            "it always declines",
            (range, memory, context) -> new WrongFiles.Declining(range, memory),
            Map.of("DIR-04", NO_PLACE, "MMAP-20", PERMITTED)),
        new Wrong(
            "it places and declines",
            (range, memory, context) -> new WrongFiles.Refusing(range, memory),
            Map.of("DIR-05", "consent, since", "DIR-06", "consent, since", "MMAP-20", PERMITTED)),
        new Wrong(
            "it consents once",
            (range, memory, context) -> new WrongFiles.Once(range, memory),
            Map.of("SHARE-07", "consent, since")),
        new Wrong(
            "it reads one byte less",
            (range, memory, context) -> new WrongFiles.ShortReads(range, memory),
            Map.of("COPY-03", "return their number")),
        new Wrong(
            "it says that it read more than it was asked for",
            (range, memory, context) -> new WrongFiles.Boasting(range, memory),
            Map.of("COPY-03", "return how many bytes were copied", "PLUGIN-01", FAULT)),
        new Wrong(
            "it reads behind its end",
            (range, memory, context) -> new WrongFiles.Overrun(range, memory),
            Map.of("COPY-03", "return 0 for a position at or past the end")),
        new Wrong(
            "it is read from elsewhere",
            (range, memory, context) -> new WrongFiles.Mirrored(range, memory),
            Map.of("DIR-02", "as pread reads there", "MMAP-17", "as pread reads there")),
        new Wrong(
            "it keeps a page for each mapping",
            WrongFiles.Hoarding::new,
            Map.of("DIR-11", PAGES, "UNMAP-13", PAGES)),
        new Wrong(
            "it throws when a mapping goes",
            (range, memory, context) -> new WrongFiles.Throwing(range, memory),
            Map.of("DIR-11", CLOSE, "UNMAP-13", CLOSE, "PLUGIN-01", FAULT)),
        new Wrong(
            "it throws for what is too long",
            (range, memory, context) -> new WrongFiles.Careless(range, memory),
            Map.of("DIR-03", "throw nothing but ErrnoException", "PLUGIN-01", FAULT)));
  }

  private static Map<String, String> broken(Maker maker) throws Exception {
    Map<String, String> broken = new TreeMap<>();
    for (Contract contract : CharacterDevices.of(MemoryDevice.subject(maker))) {
      for (Clause clause : contract.clauses()) {
        for (Profile profile : Profile.values()) {
          if (contract.judge(clause, profile) instanceof Verdict.Broken wrong) {
            broken.merge(clause.rule().number(), wrong.describe(clause), String::concat);
          }
        }
      }
    }
    return broken;
  }

  private static void breaks(Wrong wrong) throws Exception {
    Map<String, String> broken = broken(wrong.maker());
    assertThat(broken.keySet()).isEqualTo(wrong.breaks().keySet());
    wrong.breaks().forEach((rule, part) -> assertThat(broken.get(rule)).contains(part));
  }

  @TestFactory
  Stream<DynamicTest> wrongPlugin_breaksWhatItBreaks() {
    return wrongPlugins().map(wrong -> DynamicTest.dynamicTest(wrong.name(), () -> breaks(wrong)));
  }

  @Test
  void rightPlugin_breaksNothing() throws Exception {
    assertThat(broken((range, memory, context) -> new MemoryFile(range, memory))).isEmpty();
  }
}
