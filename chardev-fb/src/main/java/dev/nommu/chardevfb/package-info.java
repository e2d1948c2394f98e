/**
 * Character devices: the memory devices ({@link dev.nommu.chardevfb.MemoryDevices}) and frame
 * buffers.
 *
 * <p>Frame buffers have a core ({@link dev.nommu.chardevfb.FrameBufferDriver}) that owns {@code
 * /dev/fbN}, and below it a driver for each kind of hardware ({@link
 * dev.nommu.chardevfb.FrameBufferDeviceDriver}): here or in another module.
 *
 * <p>{@link dev.nommu.chardevfb.FrameBufferPicture} takes a picture of a frame buffer's screen.
 */
@NullMarked
package dev.nommu.chardevfb;

import org.jspecify.annotations.NullMarked;
