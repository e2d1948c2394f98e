/**
 * Character devices: the memory devices ({@link dev.nommu.chardevfb.MemoryDevices}) and frame
 * buffers ({@link dev.nommu.chardevfb.FrameBufferDriver}).
 *
 * <p>What a frame buffer shows can be had as a picture ({@link
 * dev.nommu.chardevfb.FrameBufferPicture}) and compared with another ({@link
 * dev.nommu.chardevfb.PictureComparison}).
 */
@NullMarked
package dev.nommu.chardevfb;

import org.jspecify.annotations.NullMarked;
