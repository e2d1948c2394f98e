package dev.nommu.junit;

import dev.nommu.chardevfb.FrameBufferDeviceDriver;
import dev.nommu.chardevfb.SimpleFrameBufferDriver;
import dev.nommu.chardevfb.VirtualFrameBufferDriver;
import org.junit.jupiter.api.Nested;

/** The frame buffers of this project keep the contract. */
final class OwnFrameBuffersTest {
  @Nested
  @Board(
      """
      /dts-v1/;
      / {
        #address-cells = <1>; #size-cells = <1>;
        memory@80000000 { device_type = "memory"; reg = <0x80000000 0x1000000>; };
        framebuffer@90000000 {
          compatible = "simple-framebuffer"; reg = <0x90000000 0x10000>;
          width = <64>; height = <64>; stride = <256>; format = "a8r8g8b8";
        };
      };
      """)
  final class Simple extends FrameBufferContract {
    @Override
    protected FrameBufferDeviceDriver driver() {
      return new SimpleFrameBufferDriver();
    }
  }

  @Nested
  @Board(
      """
      /dts-v1/;
      / {
        #address-cells = <1>; #size-cells = <1>;
        memory@80000000 { device_type = "memory"; reg = <0x80000000 0x1000000>; };
        chosen {
          bootargs = "vfb.vfb_enable=1 vfb.videomemorysize=65536 vfb.mode_option=64x64-8";
        };
      };
      """)
  final class Virtual extends FrameBufferContract {
    @Override
    protected FrameBufferDeviceDriver driver() {
      return new VirtualFrameBufferDriver();
    }
  }
}
