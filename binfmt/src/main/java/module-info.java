/**
 * The formats of executables: bFLT, FDPIC and position-independent ELF, and scripts. Consists of
 * plugins only and exports nothing.
 */
module dev.nommu.binfmt {
  requires transitive dev.nommu.api;
  requires static org.jspecify;

  uses dev.nommu.api.Processor;

  provides dev.nommu.api.BinaryFormat with
      dev.nommu.binfmt.elf.ElfFdpicFormat,
      dev.nommu.binfmt.flat.FlatFormat,
      dev.nommu.binfmt.script.ScriptFormat;
}
