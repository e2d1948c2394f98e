/** Images in files of the host: what is in them, whatever their format, and how it gets out. */
@NullMarked
package dev.nommu.cli.image;

import org.jspecify.annotations.NullMarked;
