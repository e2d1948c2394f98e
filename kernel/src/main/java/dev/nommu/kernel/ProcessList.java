package dev.nommu.kernel;

import dev.nommu.kernel.proc.ProcessInfo;
import dev.nommu.kernel.proc.Processes;
import dev.nommu.kernel.process.TaskGroup;
import java.util.List;
import java.util.Optional;

/** The processes of a machine as proc finds them. */
final class ProcessList implements Processes {
  private final Machine machine;

  ProcessList(Machine machine) {
    this.machine = machine;
  }

  @Override
  public Optional<ProcessInfo> find(int pid) {
    return machine.processes().find(pid).flatMap(this::view);
  }

  @Override
  public List<ProcessInfo> all() {
    return machine.processes().all().stream().flatMap(group -> view(group).stream()).toList();
  }

  private Optional<ProcessInfo> view(TaskGroup group) {
    return group.leader().map(leader -> new ProcessView(group, leader, machine));
  }
}
