/**
 * Linux's system calls as riscv64 programs make them: a plugin, with an strace and a gdb server.
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
