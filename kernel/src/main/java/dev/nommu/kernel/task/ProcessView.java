package dev.nommu.kernel.task;

import dev.nommu.kernel.mm.AddressSpace;
import dev.nommu.kernel.proc.ProcessInfo;
import dev.nommu.kernel.process.Member;
import dev.nommu.kernel.process.ProcessState;
import dev.nommu.kernel.process.SignalSets;
import dev.nommu.kernel.process.TaskGroup;
import dev.nommu.kernel.vfs.Credentials;
import dev.nommu.kernel.vfs.VfsPath;
import java.util.Optional;

/**
 * A process as proc shows it, possibly a zombie.
 *
 * @param group the process
 * @param leader its oldest task
 * @param tasks contains the task, unless it has ended
 */
record ProcessView(TaskGroup group, Member leader, TaskTable tasks) implements ProcessInfo {
  private Optional<TaskLife> life() {
    return tasks.find(leader.tid()).map(Task::life);
  }

  @Override
  public int pid() {
    return group.pid();
  }

  @Override
  public int parent() {
    return group.ppid();
  }

  @Override
  public int tracer() {
    return group.tracing().tracer();
  }

  @Override
  public String name() {
    return leader.name();
  }

  @Override
  public ProcessState state() {
    return group.state();
  }

  @Override
  public int threads() {
    return group.threads();
  }

  @Override
  public Credentials credentials() {
    return leader.credentials();
  }

  @Override
  public int descriptorSlots() {
    return life().map(life -> life.belongings().files().slots()).orElse(0);
  }

  @Override
  public int descriptorLimit() {
    return FileTable.LIMIT;
  }

  @Override
  public SignalSets signals() {
    return group.signalSets();
  }

  @Override
  public Optional<AddressSpace> memory() {
    return life().map(life -> life.belongings().space());
  }

  @Override
  public Optional<VfsPath> workingDirectory() {
    return life().map(life -> life.belongings().fs().context().workingDirectory());
  }
}
