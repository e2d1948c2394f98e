/**
 * The SPI: all of nommu that a file system or driver plugin sees, and all it needs to compile.
 *
 * <p>A plugin implements {@link dev.nommu.api.FileSystemType}, {@link dev.nommu.api.DeviceDriver},
 * {@link dev.nommu.api.BinaryFormat} or {@link dev.nommu.api.Processor} and names its class in
 * {@code provides} or {@code META-INF/services}. A {@link dev.nommu.api.UapiHeader} names the
 * constants and ioctls of its files.
 */
module dev.nommu.api {
  requires static org.jspecify;

  exports dev.nommu.api;
}
