package dev.nommu.cli.image;

import dev.nommu.cli.option.Choice;
import java.util.List;

/** Reads the name of a format of images. */
final class ImageFormatConverter extends Choice<ImageFormat> {
  /** Creates it. */
  ImageFormatConverter() {
    super(List.of(ImageFormat.values()), ImageFormat::toString);
  }
}
