/**
 * A no-MMU Linux: memory, mapping rules, virtual filesystem, tasks and boards. Begin with {@link
 * dev.nommu.kernel.Machine#boot}. The only module that knows Guice, whose types occur in {@code
 * dev.nommu.kernel.inject} alone: to compose a kernel with it, require it yourself.
 */
module dev.nommu.kernel {
  requires com.google.guice;
  requires transitive dev.nommu.api;
  requires transitive dev.nommu.devicetree;
  requires com.google.common;
  requires jakarta.inject; // Guice's: an automatic module cannot say what it needs
  requires java.management;
  requires static com.google.errorprone.annotations;
  requires static org.jspecify;

  exports dev.nommu.kernel;
  exports dev.nommu.kernel.board;
  exports dev.nommu.kernel.console;
  exports dev.nommu.kernel.fs;
  exports dev.nommu.kernel.inject;
  exports dev.nommu.kernel.ipc;
  exports dev.nommu.kernel.log;
  exports dev.nommu.kernel.memory;
  exports dev.nommu.kernel.mmap;
  exports dev.nommu.kernel.path;
  exports dev.nommu.kernel.rules;
  exports dev.nommu.kernel.signal;
  exports dev.nommu.kernel.sanitizer;
  exports dev.nommu.kernel.sysctl;
  exports dev.nommu.kernel.task;
  exports dev.nommu.kernel.time;

  uses dev.nommu.api.BinaryFormat;
  uses dev.nommu.api.DeviceDriver;
  uses dev.nommu.api.FileSystemType;
  uses dev.nommu.kernel.task.MachineCode;

  provides dev.nommu.api.UapiHeader with
      dev.nommu.kernel.device.FsHeader;
}
