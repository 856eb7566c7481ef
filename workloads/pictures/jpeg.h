#pragma once

#include <stddef.h>

/* libjpeg reports an error by a function that must not return. C++ exceptions must not pass through its
 * frames, and longjmp must not pass over C++ objects, so the jumps stay within jpeg.c, which is C, and come
 * out as messages.
 *
 * Both functions return 0, or another number with the reason in `message`. Pixels are 3 bytes (red, green,
 * blue) each, row by row, without padding. */

#ifdef __cplusplus
extern "C" {
#endif

enum { jpeg_message_size = 200 };

/* Reads the whole JPEG into `pixels`, which holds `width` by `height`. Another size, other than three
 * colours, damaged data and bytes behind the end are errors. */
int jpeg_read(const unsigned char* bytes, size_t size, unsigned char* pixels, unsigned width, unsigned height,
              char message[jpeg_message_size]);

/* Writes a JPEG of `quality` (1 to 100) to `bytes`, which holds `*size`; then `*size` is the JPEG's. One that
 * does not fit is an error. */
int jpeg_write(const unsigned char* pixels, unsigned width, unsigned height, int quality,
               unsigned char* bytes, size_t* size, char message[jpeg_message_size]);

#ifdef __cplusplus
}
#endif
