/**
 * The SPI: everything a filesystem or driver plugin sees of nommu, and all it needs to compile.
 *
 * <p>A plugin implements {@link dev.nommu.api.FileSystemType}, {@link dev.nommu.api.DeviceDriver},
 * {@link dev.nommu.api.BinaryFormat} or {@link dev.nommu.api.Processor} and names its class in
 * {@code provides} or {@code META-INF/services}. A {@link dev.nommu.api.UapiHeader} gives names to
 * what its files answer.
 */
module dev.nommu.api {
  requires static org.jspecify;

  exports dev.nommu.api;
}
