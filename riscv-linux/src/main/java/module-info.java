/**
 * Linux's system calls as programs for riscv64 make them: a plugin, and what writes the calls down.
 */
module dev.nommu.riscvlinux {
  requires transitive dev.nommu.api;
  requires transitive dev.nommu.kernel;
  requires static com.google.errorprone.annotations;
  requires dev.nommu.riscv;
  requires static org.jspecify;

  uses dev.nommu.api.Processor;

  provides dev.nommu.kernel.task.MachineCode with
      dev.nommu.riscvlinux.RiscvLinux;

  exports dev.nommu.riscvlinux.gdb;
  exports dev.nommu.riscvlinux.strace;
}
