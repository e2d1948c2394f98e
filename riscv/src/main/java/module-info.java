/**
 * A processor: harts that run RV64GC code in user mode. Its plugin is all there is to it; nothing
 * is exported.
 */
module dev.nommu.riscv {
  requires transitive dev.nommu.api;
  requires static org.jspecify;

  provides dev.nommu.api.Processor with
      dev.nommu.riscv.Riscv64;
}
