/**
 * The character devices of the document: the memory devices ({@code null}, {@code zero}, {@code
 * full}, {@code mem}, {@code random}) and frame buffers.
 */
module dev.nommu.chardevfb {
  requires transitive dev.nommu.api;
  requires static org.jspecify;

  exports dev.nommu.chardevfb;

  uses dev.nommu.chardevfb.FrameBufferDeviceDriver;

  provides dev.nommu.api.DeviceDriver with
      dev.nommu.chardevfb.FrameBufferDriver,
      dev.nommu.chardevfb.MemoryDevices;
  provides dev.nommu.api.UapiHeader with
      dev.nommu.chardevfb.FrameBufferHeader;
  provides dev.nommu.chardevfb.FrameBufferDeviceDriver with
      dev.nommu.chardevfb.SimpleFrameBufferDriver,
      dev.nommu.chardevfb.VirtualFrameBufferDriver;
}
