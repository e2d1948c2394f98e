/**
 * A processor: harts that run RV64GC code in user mode. It consists of a plugin alone and exports
 * nothing.
 */
module dev.nommu.riscv {
  requires transitive dev.nommu.api;
  requires static org.jspecify;

  provides dev.nommu.api.Processor with
      dev.nommu.riscv.Riscv64;
}
