package dev.nommu.kernel.process;

import dev.nommu.kernel.wait.Urgency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The threads of one process. Guarded by the lock of the {@link ProcessTable}. */
final class Threads {
  private final Map<Integer, Member> members = new LinkedHashMap<>();
  private Optional<Member> last = Optional.empty();

  void add(Member member) {
    members.put(member.tid(), member);
  }

  /** Removes a thread; returns whether it was one of them. */
  boolean remove(Member member) {
    last = Optional.of(member);
    return members.remove(member.tid(), member);
  }

  int count() {
    return members.size();
  }

  Optional<Member> find(int tid) {
    return Optional.ofNullable(members.get(tid));
  }

  /** Returns the threads that have not ended, oldest first. */
  List<Member> all() {
    return List.copyOf(members.values());
  }

  /** Returns the oldest, or the last to leave; empty before the first. */
  Optional<Member> leader() {
    return members.values().stream().findFirst().or(() -> last);
  }

  boolean allSleep() {
    return members.values().stream().allMatch(member -> member.sleeper().sleeps());
  }

  /** Ends the waits that signals of this urgency end; returns all threads. */
  List<Member> signalWakeUp(Urgency by) {
    members.values().forEach(member -> member.sleeper().signalWakeUp(by));
    return List.copyOf(members.values());
  }

  /**
   * Dismisses all but one, or none if that one was itself dismissed; returns the dismissed threads.
   */
  List<Member> zapOtherThreads(Member survivor) {
    if (survivor.isDismissed()) {
      return List.of();
    }
    List<Member> others =
        members.values().stream().filter(member -> !member.equals(survivor)).toList();
    others.forEach(Member::dismiss);
    return others;
  }
}
