package dev.nommu.kernel.exec;

import dev.nommu.api.BinaryFormat;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.ExecRequest;
import dev.nommu.api.ImageLoader;
import dev.nommu.api.LoadedImage;
import dev.nommu.kernel.memory.PhysicalMemory;
import dev.nommu.kernel.mm.Caller;
import dev.nommu.kernel.mm.Mapper;
import dev.nommu.kernel.mm.ProcessImage;
import dev.nommu.kernel.plugin.PluginCall;
import dev.nommu.kernel.sanitizer.Sanitizer;

/**
 * An exec at its point of no return: everything that can fail without changing the caller has been
 * checked. Must be closed, whether loaded or not. Not safe for concurrent use.
 */
public final class Execution implements AutoCloseable {
  private final ExecutableFiles files;
  private final ExecRequest request;
  private final String program;
  private final BinaryFormat format;
  private final ImageLoader loader;
  private final Mapper mapper;
  private final PhysicalMemory memory;
  private final Sanitizer sanitizer;

  Execution(
      ExecutableFiles files,
      ExecRequest request,
      String program,
      BinaryFormats.Answer.Image image,
      Mapper mapper,
      PhysicalMemory memory,
      Sanitizer sanitizer) {
    this.files = files;
    this.request = request;
    this.program = program;
    this.format = image.format();
    this.loader = image.loader();
    this.mapper = mapper;
    this.memory = memory;
    this.sanitizer = sanitizer;
  }

  /** Returns the request, with the arguments passed to the program. */
  public ExecRequest request() {
    return request;
  }

  /** Returns the path of the loaded file, from the root of the tree. */
  public String program() {
    return program;
  }

  /**
   * Loads the image.
   *
   * @param caller the process, with an address space that has no mappings yet
   * @return the loaded image
   * @throws ErrnoException any error of the format or of a mapping; the caller must then remove the
   *     mappings made so far
   */
  public ProcessImage load(Caller caller, Tracing tracing) throws ErrnoException {
    try (ImageMemory image = new ImageMemory(caller, tracing, files, mapper, memory, sanitizer)) {
      LoadedImage loaded = PluginCall.ask(format, "load", () -> loader.load(image));
      requireSound(caller, loaded);
      ProcessImage executed = new ProcessImage(request, program, loaded);
      caller.space().executed(executed);
      return executed;
    }
  }

  private void requireSound(Caller caller, LoadedImage image) throws ErrnoException {
    if (image.loadMap() == null || image.interpreterLoadMap() == null) {
      throw PluginCall.wrong(
          format, "load of " + program, "expected load maps other than null, found " + image);
    }
    if (Long.compareUnsigned(image.startBrk(), image.endBrk()) > 0) {
      throw PluginCall.wrong(
          format,
          "load of " + program,
          "expected a heap that ends after its start, found 0x%x to 0x%x"
              .formatted(image.startBrk(), image.endBrk()));
    }
    if (caller.space().find(image.stackPointer()).isEmpty()) {
      throw PluginCall.wrong(
          format,
          "load of " + program,
          "expected a stack pointer in a mapping, found 0x%x".formatted(image.stackPointer()));
    }
  }

  @Override
  public void close() {
    files.close();
  }
}
