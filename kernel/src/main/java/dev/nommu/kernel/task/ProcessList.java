package dev.nommu.kernel.task;

import dev.nommu.kernel.proc.ProcessInfo;
import dev.nommu.kernel.proc.Processes;
import dev.nommu.kernel.process.TaskGroup;
import java.util.List;
import java.util.Optional;

/** The processes of a machine as proc lists them. */
@SuppressWarnings("exports") // created by the kernel as it boots
public final class ProcessList implements Processes {
  private final TaskTable tasks;

  /** Creates a live view of the processes of a table. */
  public ProcessList(TaskTable tasks) {
    this.tasks = tasks;
  }

  @Override
  public Optional<ProcessInfo> find(int pid) {
    return tasks.processes().find(pid).flatMap(this::view);
  }

  @Override
  public List<ProcessInfo> all() {
    return tasks.processes().all().stream().flatMap(group -> view(group).stream()).toList();
  }

  private Optional<ProcessInfo> view(TaskGroup group) {
    return group.leader().map(leader -> new ProcessView(group, leader, tasks));
  }
}
