#pragma once

#ifdef __cplusplus
extern "C" {
#endif

/* Resamples a picture of 3 bytes a pixel with Catmull-Rom's filter. Returns 0 where memory ran out. */
int resample(const unsigned char* from, int from_width, int from_height, unsigned char* to, int to_width,
             int to_height);

#ifdef __cplusplus
}
#endif
