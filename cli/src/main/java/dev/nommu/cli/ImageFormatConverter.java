package dev.nommu.cli;

import dev.nommu.cli.image.ImageFormat;
import java.util.List;

/** Reads the name of a format of images. */
final class ImageFormatConverter extends Choice<ImageFormat> {
  /** Creates it. */
  ImageFormatConverter() {
    super(List.of(ImageFormat.values()), ImageFormat::toString);
  }
}
