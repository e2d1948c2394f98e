/**
 * Linux's system calls as programs for riscv64 make them. Its plugin is all there is to it; nothing
 * is exported.
 */
module dev.nommu.riscvlinux {
  requires dev.nommu.api;
  requires dev.nommu.kernel;
  requires dev.nommu.riscv;
  requires static org.jspecify;

  uses dev.nommu.api.Processor;

  provides dev.nommu.kernel.task.MachineCode with
      dev.nommu.riscvlinux.RiscvLinux;
}
